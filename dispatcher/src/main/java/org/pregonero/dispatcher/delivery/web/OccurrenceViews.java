package org.pregonero.dispatcher.delivery.web;

import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.delivery.DeliveryReport;
import org.pregonero.dispatcher.delivery.DeliveryState;
import org.pregonero.dispatcher.delivery.Retrying;
import org.pregonero.dispatcher.message.ContactHours;
import org.pregonero.dispatcher.message.Departures;
import org.pregonero.dispatcher.message.Drafting;
import org.pregonero.dispatcher.message.Occurrence;
import org.pregonero.dispatcher.message.OccurrenceState;
import org.pregonero.dispatcher.message.Occurrences;
import org.springframework.stereotype.Component;

/** Puts together what a page or the API shows of an occurrence. */
@Component
class OccurrenceViews {

    private static final Set<OccurrenceState> MAY_WAIT =
            EnumSet.of(OccurrenceState.AWAITING_APPROVAL, OccurrenceState.SCHEDULED, OccurrenceState.RUNNING);

    private final Occurrences occurrences;
    private final DeliveryReport report;
    private final ContactHours contactHours;
    private final Departures departures;
    private final Drafting drafting;
    private final Wording wording;
    private final Clock clock;

    OccurrenceViews(
            Occurrences occurrences,
            DeliveryReport report,
            ContactHours contactHours,
            Departures departures,
            Drafting drafting,
            Wording wording,
            Clock clock) {
        this.occurrences = occurrences;
        this.report = report;
        this.contactHours = contactHours;
        this.departures = departures;
        this.drafting = drafting;
        this.wording = wording;
        this.clock = clock;
    }

    Optional<OccurrenceView> find(long id, Locale locale) {
        return occurrences.find(id).map(occurrence -> view(occurrence, locale));
    }

    private OccurrenceView view(Occurrence occurrence, Locale locale) {
        var counts = report.counts(occurrence.id());
        var causes = report.causes(occurrence.id()).stream()
                .map(cause -> new OccurrenceView.CauseView(
                        cause.channel(),
                        cause.state(),
                        String.valueOf(cause.reasonCode()),
                        wording.reason(cause.reasonCode(), locale),
                        wording.remedy(cause.reasonCode(), locale),
                        Retrying.possible(cause.state(), cause.reasonCode()),
                        cause.deliveries(),
                        cause.nextAttempt()))
                .toList();
        return new OccurrenceView(
                occurrence,
                occurrences.approvedByAuthor(occurrence.id()),
                report.fannedOut(occurrence.id()),
                report.people(occurrence.id()),
                count(counts, state -> true),
                count(counts, DeliveryState::settled),
                counts,
                causes,
                waitsUntil(occurrence));
    }

    private @Nullable Instant waitsUntil(Occurrence occurrence) {
        var now = clock.instant();
        var from = occurrence.dueAt().isAfter(now) ? occurrence.dueAt() : now;
        return MAY_WAIT.contains(occurrence.state())
                        && occurrence.contactHoursOverride() == null
                        && !contactHours.open(from)
                        && departures.personal(drafting.version(occurrence.versionId())
                                .channels()
                                .keySet())
                ? contactHours.nextOpening(from)
                : null;
    }

    private static long count(
            SortedMap<String, SortedMap<DeliveryState, Long>> counts, Predicate<DeliveryState> which) {
        return counts.values().stream()
                .flatMap(states -> states.entrySet().stream())
                .filter(entry -> which.test(entry.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
