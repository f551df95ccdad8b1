package org.pregonero.dispatcher.demo;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.delivery.ChannelControl;
import org.pregonero.dispatcher.delivery.DeliveryReport;
import org.pregonero.dispatcher.delivery.DeliveryState;
import org.pregonero.dispatcher.message.OccurrenceState;
import org.pregonero.dispatcher.message.Occurrences;
import org.pregonero.dispatcher.sandbox.SandboxMailbox;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.MessageSource;

/** Reads what became of the sample's occurrences. */
final class Outcome {

    private static final Locale SPANISH = Locale.forLanguageTag("es-CO");
    private static final Set<OccurrenceState> STUCK =
            EnumSet.of(OccurrenceState.HELD, OccurrenceState.PAUSED, OccurrenceState.CANCELLED);

    private static final Set<String> TELEPHONE = Set.of("WHATSAPP", "SMS");

    private final Occurrences occurrences;
    private final DeliveryReport report;
    private final ChannelControl channels;
    private final SandboxMailbox mailbox;
    private final MessageSource words;
    private final Path posters;

    Outcome(
            Occurrences occurrences,
            DeliveryReport report,
            ChannelControl channels,
            SandboxMailbox mailbox,
            MessageSource words,
            @Value("${pregonero.channels.poster.directory}") Path posters) {
        this.occurrences = occurrences;
        this.report = report;
        this.channels = channels;
        this.mailbox = mailbox;
        this.words = words;
        this.posters = posters;
    }

    /** How many deliveries of the occurrences together stand where. */
    SortedMap<String, SortedMap<DeliveryState, Long>> counts(List<Long> ids) {
        var together = new TreeMap<String, SortedMap<DeliveryState, Long>>();
        for (var id : ids) {
            report.counts(id).forEach((channel, states) -> {
                var sums = together.computeIfAbsent(channel, name -> new TreeMap<>());
                states.forEach((state, deliveries) -> sums.merge(state, deliveries, Long::sum));
            });
        }
        return together;
    }

    /** @throws DemoFailure when an occurrence will not go on by itself */
    boolean finished(Invitation.Sent sent) {
        var states = sent.occurrences().stream()
                .map(id -> occurrences.find(id).orElseThrow().state())
                .toList();
        states.stream().filter(STUCK::contains).findFirst().ifPresent(state -> {
            throw new DemoFailure("Un envío de la demostración quedó «" + say("occurrence.state." + state) + "».");
        });
        return states.stream().allMatch(OccurrenceState.FINISHED::equals)
                && report.fannedOut(sent.notice())
                && !anyAre(List.of(sent.notice()), null, state -> !state.settled())
                // their networks still have to confirm them
                && !anyAre(sent.occurrences(), TELEPHONE, DeliveryState.ACCEPTED::equals);
    }

    private boolean anyAre(List<Long> ids, @Nullable Set<String> channels, Predicate<DeliveryState> which) {
        return counts(ids).entrySet().stream()
                .filter(channel -> channels == null || channels.contains(channel.getKey()))
                .anyMatch(channel -> channel.getValue().keySet().stream().anyMatch(which));
    }

    /** What keeps channels from sending, in words for a person; empty when nothing does. */
    String obstacles() {
        return channels.all().stream()
                .filter(channel -> channel.pausedBy() != null)
                .map(channel -> channel.channel() + ": "
                        + say("delivery.reason." + channel.reasonCode())
                        + (channel.advice() == null ? "" : " " + channel.advice()))
                .reduce("", (one, other) -> one + "\n  " + other);
    }

    Summary summary(List<Long> ids, List<String> reactions, Duration took) {
        var files = Stream.concat(
                ids.stream().flatMap(this::posters),
                Stream.of(mailbox.directory().toAbsolutePath()));
        // everybody is invited by the first one, whatever else they get
        return new Summary(counts(ids), report.people(ids.get(0)), took, files.toList(), reactions);
    }

    long mails() {
        return mailbox.count();
    }

    String name(DeliveryState state) {
        return say("delivery.state." + state);
    }

    /** A channel's name for a person. */
    String channel(String code) {
        return say("channel." + code);
    }

    private Stream<Path> posters(long id) {
        return report.list(new DeliveryReport.Filter(id, "POSTER", DeliveryState.DELIVERED, null), 0, 100).stream()
                .map(DeliveryReport.Row::providerId)
                .map(file -> posters.resolve(String.valueOf(file)).toAbsolutePath());
    }

    private String say(String key) {
        return words.getMessage(key, null, SPANISH);
    }
}
