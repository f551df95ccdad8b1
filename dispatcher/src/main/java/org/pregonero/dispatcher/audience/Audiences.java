package org.pregonero.dispatcher.audience;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.pregonero.dispatcher.tabular.Words;
import org.springframework.stereotype.Service;

/** Looks audiences up. */
@Service
public class Audiences {

    /** What messages are about unless they say otherwise. */
    public static final String DEFAULT_PURPOSE = "rendicion-de-cuentas";

    private final AudienceRepository repository;

    Audiences(AudienceRepository repository) {
        this.repository = repository;
    }

    public List<Audience> all(String purpose) {
        return repository.find(null, purpose);
    }

    public Optional<Audience> find(long id, String purpose) {
        return repository.find(id, purpose).stream().findFirst();
    }

    /** The numbers of the audiences so called, whatever the accents and capitals; names nobody knows are left out. */
    public List<Long> idsByName(Collection<String> names) {
        return repository.idsByKey(names.stream().map(Words::fold).toList());
    }

    /** Which of these numbers are audiences. */
    public List<Long> existing(Collection<Long> ids) {
        return repository.existing(ids);
    }
}
