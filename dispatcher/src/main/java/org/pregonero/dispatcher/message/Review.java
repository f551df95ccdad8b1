package org.pregonero.dispatcher.message;

import static org.pregonero.dispatcher.message.OccurrenceState.AWAITING_APPROVAL;
import static org.pregonero.dispatcher.message.OccurrenceState.HELD;
import static org.pregonero.dispatcher.message.OccurrenceState.RETURNED;
import static org.pregonero.dispatcher.message.OccurrenceState.SCHEDULED;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.Map;
import org.pregonero.dispatcher.account.Actor;
import org.pregonero.dispatcher.account.AuditTrail;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** An approver's second answer besides yes: what is to be changed first. */
@Service
public class Review {

    private static final int LONGEST = 2000;

    private final Occurrences occurrences;
    private final AuditTrail audit;
    private final JdbcClient jdbc;
    private final Clock clock;

    Review(Occurrences occurrences, AuditTrail audit, JdbcClient jdbc, Clock clock) {
        this.occurrences = occurrences;
        this.audit = audit;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Gives an occurrence back to its author. It does not leave before it is submitted and approved again.
     *
     * @throws RefusedException when there is no comment, or it has begun
     */
    @Transactional
    public void giveBack(long id, String comment, Actor approver) {
        var text = comment.strip();
        if (text.isEmpty() || text.length() > LONGEST) {
            throw new RefusedException(Refusal.COMMENT_MISSING);
        }
        var before = get(id);
        if (!occurrences.move(id, EnumSet.of(AWAITING_APPROVAL, SCHEDULED, HELD), RETURNED)) {
            throw new RefusedException(Refusal.NOT_AWAITING_APPROVAL);
        }
        jdbc.sql("""
                        insert into review_comment (occurrence_id, version_id, comment, written_by, written_at)
                        values (:occurrence, :version, :comment, :author, :now)
                        """)
                .param("occurrence", id)
                .param("version", before.versionId())
                .param("comment", text)
                .param("author", approver.id())
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        audit.record(
                approver,
                "occurrence.returned",
                "occurrence/" + id,
                Map.of("state", before.state()),
                Map.of("state", RETURNED, "comment", text));
    }

    /** Asks for a look again, after what was asked for has been changed. */
    @Transactional
    public void submit(long id, Actor author) {
        var before = get(id);
        if (!occurrences.move(id, EnumSet.of(RETURNED), AWAITING_APPROVAL)) {
            throw new RefusedException(Refusal.NOT_RETURNED);
        }
        audit.record(
                author,
                "occurrence.submitted",
                "occurrence/" + id,
                Map.of("state", before.state()),
                Map.of("state", AWAITING_APPROVAL));
    }

    private Occurrence get(long id) {
        return occurrences.find(id).orElseThrow(() -> new NotFoundException("Ese envío no existe."));
    }
}
