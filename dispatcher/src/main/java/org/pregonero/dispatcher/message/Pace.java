package org.pregonero.dispatcher.message;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.pregonero.dispatcher.institution.Institutions;
import org.springframework.stereotype.Component;

/** Tells roughly when something will be done, at the channels' rates and within contact hours. */
@Component
public class Pace {

    private static final Duration STEP = Duration.ofMinutes(15);
    private static final Duration FARTHEST = Duration.ofDays(60);

    private final ContactHours hours;
    private final ChannelRates rates;
    private final Institutions institutions;

    Pace(ContactHours hours, ChannelRates rates, Institutions institutions) {
        this.hours = hours;
        this.rates = rates;
        this.institutions = institutions;
    }

    /**
     * @param from when the first may leave
     * @param messages how many, with what waits before them
     * @param always whether contact hours do not count
     * @return nothing where it would take more than 60 days
     */
    public Optional<Instant> done(String channel, Instant from, long messages, boolean always) {
        var perSecond = rates.perSecond(channel);
        var zone = institutions.zone();
        var now = from;
        var left = (double) messages;
        var day = now.atZone(zone).toLocalDate();
        var today = (double) rates.perDay(channel);
        while (left > 0) {
            if (Duration.between(from, now).compareTo(FARTHEST) > 0) {
                return Optional.empty();
            }
            if (!always && !hours.open(now)) {
                now = hours.nextOpening(now);
            }
            if (!now.atZone(zone).toLocalDate().equals(day)) {
                day = now.atZone(zone).toLocalDate();
                today = rates.perDay(channel);
            }
            var most = Math.min(perSecond * STEP.toSeconds(), today);
            if (left <= most) {
                return Optional.of(now.plusMillis((long) (left / perSecond * 1000)));
            }
            left -= most;
            today -= most;
            now = now.plus(STEP);
        }
        return Optional.of(now);
    }
}
