package org.pregonero.dispatcher.plan;

import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** Looks plans up. */
@Service
public class Plans {

    private final PlanRepository repository;

    Plans(PlanRepository repository) {
        this.repository = repository;
    }

    /** The newest first. */
    public List<PlanSummary> all() {
        return repository.all();
    }

    public Optional<Plan> find(long id) {
        return repository.find(id);
    }
}
