package org.pregonero.dispatcher.message;

import java.util.List;
import java.util.Map;
import org.pregonero.dispatcher.account.Actor;
import org.pregonero.dispatcher.account.AuditTrail;
import org.pregonero.dispatcher.audience.Audiences;
import org.pregonero.dispatcher.audience.PersonalValues;
import org.pregonero.dispatcher.audience.PersonalValues.Person;
import org.pregonero.templates.InvalidTemplateException;
import org.pregonero.templates.MailMerge;
import org.pregonero.templates.RenderedPoster;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Personal invitations on paper: what a message says on its printed pieces, a page for each person of an audience. They
 * are handed over by people, so no channel's authorisation is asked for; who printed them is in the audit trail.
 */
@Service
public class Invitations {

    private static final String PRINTED = "POSTER";
    private static final int MOST = 2000;

    private final Drafting drafting;
    private final Contents contents;
    private final Audiences audiences;
    private final PersonalValues values;
    private final AuditTrail audit;

    Invitations(Drafting drafting, Contents contents, Audiences audiences, PersonalValues values, AuditTrail audit) {
        this.drafting = drafting;
        this.contents = contents;
        this.audiences = audiences;
        this.values = values;
        this.audit = audit;
    }

    /**
     * One PDF with a page for each person, sorted by name.
     *
     * @param skipIncomplete leaves out whom a value of the text is missing for, instead of refusing
     * @throws NotFoundException when there is no such message or audience
     * @throws RefusedException when the message has no printed piece, or people lack values; with their names
     */
    @Transactional
    public RenderedPoster print(long message, long audience, boolean skipIncomplete, Actor actor) {
        var version = drafting.find(message);
        if (!version.channels().containsKey(PRINTED)) {
            throw new RefusedException(Refusal.NO_PRINTED_PIECE);
        }
        if (audiences.existing(List.of(audience)).isEmpty()) {
            throw new NotFoundException("Ese público no existe. Mire los que hay en /api/v1/audiences.");
        }
        try {
            if (!(contents.current(version, PRINTED) instanceof MailMerge piece)) {
                throw new IllegalStateException("The content of " + PRINTED + " is not a printed piece");
            }
            var people = complete(piece, values.of(audience), skipIncomplete);
            var document = piece.merged(
                    version.title(), people.stream().map(Person::values).toList());
            audit.record(
                    actor,
                    "invitations.printed",
                    "message/" + message,
                    null,
                    Map.of("audience", audience, "people", people.size()));
            return document;
        } catch (InvalidTemplateException e) {
            throw new RefusedException(String.valueOf(e.getMessage()));
        }
    }

    private static List<Person> complete(MailMerge piece, List<Person> people, boolean skipIncomplete) {
        var incomplete = people.stream()
                .filter(person -> !piece.missing(person.values()).isEmpty())
                .toList();
        if (!incomplete.isEmpty() && !skipIncomplete) {
            throw new RefusedException(
                    incomplete.stream().map(person -> lacking(person, piece)).toList(),
                    Refusal.PEOPLE_LACK_A_VALUE,
                    incomplete.size());
        }
        var complete =
                people.stream().filter(person -> !incomplete.contains(person)).toList();
        if (complete.isEmpty()) {
            throw new RefusedException(Refusal.NOBODY_TO_PRINT_FOR);
        }
        if (complete.size() > MOST) {
            throw new RefusedException(Refusal.TOO_MANY_TO_PRINT, complete.size(), MOST);
        }
        return complete;
    }

    private static Problem lacking(Person person, MailMerge piece) {
        var names = String.join(", ", piece.missing(person.values()));
        return new Problem(PRINTED, names, 1, Refusal.PERSON_LACKS.say(person.name(), names));
    }
}
