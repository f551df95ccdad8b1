package org.pregonero.dispatcher.message;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.account.Actor;
import org.pregonero.dispatcher.account.AuditTrail;
import org.pregonero.dispatcher.audience.Audiences;
import org.pregonero.dispatcher.plan.PlanEvents;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Keeps what people write as versions of messages, and says what is still wrong with them. */
@Service
public class Drafting {

    private static final Duration SHORTEST_WAIT = Duration.ofMinutes(1);
    private static final Duration LONGEST_WAIT = Duration.ofDays(30);

    private final Messages messages;
    private final Occurrences occurrences;
    private final Contents contents;
    private final MessageCheck check;
    private final MessageFiles files;
    private final Audiences audiences;
    private final PlanEvents events;
    private final AuditTrail audit;

    Drafting(
            Messages messages,
            Occurrences occurrences,
            Contents contents,
            MessageCheck check,
            MessageFiles files,
            Audiences audiences,
            PlanEvents events,
            AuditTrail audit) {
        this.messages = messages;
        this.occurrences = occurrences;
        this.contents = contents;
        this.check = check;
        this.files = files;
        this.audiences = audiences;
        this.events = events;
        this.audit = audit;
    }

    /** @throws RefusedException when it names an audience, an event or a channel that does not exist */
    @Transactional
    public MessageVersion write(MessageDraft draft, Actor author) {
        var version = messages.create(draft, resolve(draft, Set.of()), author.id());
        audit.record(author, "message.created", "message/" + version.messageId(), null, version);
        return version;
    }

    /**
     * Keeps a correction. Approvals of occurrences that have not begun lose their force: what was approved is no longer
     * what would be sent.
     */
    @Transactional
    public MessageVersion revise(long message, MessageDraft draft, Actor author) {
        return revise(message, draft, null, author);
    }

    /**
     * The same for who has seen a certain version.
     *
     * @param seen number of the version that the correction was made from; null means whatever is the newest
     * @throws StaleVersionException when there is a newer one by now
     */
    @Transactional
    public MessageVersion revise(long message, MessageDraft draft, @Nullable Integer seen, Actor author) {
        messages.lock(message);
        var before = find(message);
        if (seen != null && seen != before.number()) {
            throw new StaleVersionException(before);
        }
        var version =
                messages.revise(message, draft, resolve(draft, before.channels().keySet()), author.id());
        var voided = occurrences.turnTo(message, version.id());
        audit.record(author, "message.revised", "message/" + message, before, version);
        if (voided > 0) {
            audit.record(author, "approval.voided", "message/" + message, null, voided);
        }
        return version;
    }

    /**
     * The newest version of a message.
     *
     * @throws NotFoundException when there is no such message
     */
    public MessageVersion find(long message) {
        return messages.latest(message).orElseThrow(() -> new NotFoundException("Ese mensaje no existe."));
    }

    /** A version of a message by its number, if there is such. */
    public Optional<MessageVersion> version(long message, int number) {
        return messages.version(message, number);
    }

    /** The version of this id, which must exist. */
    public MessageVersion version(long id) {
        return messages.version(id);
    }

    /** What keeps the version from being scheduled as it is; empty when nothing does. */
    public List<Problem> problems(MessageVersion version) {
        return check.problems(version);
    }

    /** What a person should know before approving the version, such as what it costs, by channel. */
    public SortedMap<String, List<String>> notes(MessageVersion version) {
        return check.notes(version);
    }

    /** @param before channels that it already had: one of them that is not installed at present may stay */
    private List<Long> resolve(MessageDraft draft, Set<String> before) {
        if (draft.channels().isEmpty()) {
            throw new RefusedException(Refusal.NO_CHANNEL);
        }
        var personal = false;
        for (var entry : draft.channels().entrySet()) {
            if (absent(entry.getKey(), before)) {
                continue;
            }
            if (contents.adapter(entry.getKey()).addressing().personal()) {
                personal = true;
            } else if (entry.getValue().outlets().isEmpty()) {
                throw new RefusedException(Refusal.NO_OUTLETS, entry.getKey());
            }
            if (files.weightOfAll(entry.getValue().content().path("attachments")) > Attachments.LARGEST_TOGETHER) {
                throw new RefusedException(Refusal.ATTACHMENTS_TOO_LARGE, Attachments.LARGEST_TOGETHER / 1_000_000);
            }
        }
        if (personal && draft.audiences().isEmpty()) {
            throw new RefusedException(Refusal.NO_AUDIENCES);
        }
        if (draft.cascade() != null) {
            check(draft.cascade(), draft.channels().keySet(), before);
        }
        var event = draft.eventId();
        if (event != null && events.find(event).isEmpty()) {
            throw new RefusedException(Refusal.NO_SUCH_EVENT, String.valueOf(event));
        }
        return draft.audiences().stream().map(this::audience).distinct().toList();
    }

    private boolean absent(String channel, Set<String> before) {
        return before.contains(channel) && !contents.known(channel);
    }

    private void check(Cascade cascade, Set<String> channels, Set<String> before) {
        if (!channels.containsAll(cascade.order())
                || Set.copyOf(cascade.order()).size() < cascade.order().size()) {
            throw new RefusedException(Refusal.CASCADE_ORDER);
        }
        for (var channel : cascade.order()) {
            if (!absent(channel, before)
                    && !contents.adapter(channel).addressing().personal()) {
                throw new RefusedException(Refusal.CASCADE_NOT_PERSONAL, channel);
            }
        }
        if (cascade.patience().compareTo(SHORTEST_WAIT) < 0
                || cascade.patience().compareTo(LONGEST_WAIT) > 0) {
            throw new RefusedException(Refusal.CASCADE_PATIENCE);
        }
    }

    private long audience(String name) {
        return audiences.idsByName(List.of(name)).stream()
                .findFirst()
                .orElseThrow(() -> new RefusedException(Refusal.NO_SUCH_AUDIENCE, name));
    }
}
