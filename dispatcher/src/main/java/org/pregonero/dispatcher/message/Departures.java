package org.pregonero.dispatcher.message;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.message.ContactHours.Obstacle;
import org.pregonero.dispatcher.message.Forecasts.Forecast;
import org.pregonero.dispatcher.message.Forecasts.OnChannel;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Says when a message leaves, and why not before. Used by the pages' templates too. */
@Component("departures")
public class Departures {

    private final ContactHours hours;
    private final Contents contents;
    private final Pace pace;
    private final MessageSource words;
    private final Clock clock;

    Departures(ContactHours hours, Contents contents, Pace pace, MessageSource words, Clock clock) {
        this.hours = hours;
        this.contents = contents;
        this.pace = pace;
        this.words = words;
        this.clock = clock;
    }

    /** Whether one of the channels keeps contact hours. */
    public boolean personal(Collection<String> channels) {
        return channels.stream().anyMatch(code -> contents.known(code) && contents.personal(code));
    }

    private boolean keepsHours(MessageVersion version, OccurrenceTime time) {
        return time.contactHoursOverride() == null
                && personal(version.channels().keySet());
    }

    /** The {@link #sentence(Instant, boolean, Locale)} for a version at a time. */
    public String sentence(MessageVersion version, OccurrenceTime time, Locale locale) {
        return sentence(time.due(), keepsHours(version, time), locale);
    }

    /**
     * Why nobody would get it and what to do: it leaves when it is no longer useful. Nothing when it leaves before. What keeps no
     * contact hours does not save a message that also writes to people: they would be missed without a word.
     */
    public Optional<String> useless(MessageVersion version, OccurrenceTime time, Locale locale) {
        var expires = time.expires();
        var moment = notPast(time.due());
        var waits = keepsHours(version, time) && !hours.open(moment);
        if (expires == null || expires.isAfter(waits ? hours.nextOpening(moment) : moment)) {
            return Optional.empty();
        }
        return Optional.of(say(
                waits ? "message.useless.hours" : "message.useless",
                locale,
                sentence(version, time, locale),
                day(expires, locale),
                hour(expires, locale)));
    }

    private Instant notPast(Instant moment) {
        return moment.isBefore(clock.instant()) ? clock.instant() : moment;
    }

    /**
     * "Sale el martes 17 de noviembre a las 7:00 a. m. porque el lunes 16 es festivo (…)".
     *
     * @param personal whether contact hours apply
     */
    public String sentence(Instant due, boolean personal, Locale locale) {
        var moment = notPast(due);
        if (!personal || hours.open(moment)) {
            return say("message.leaves", locale, day(moment, locale), hour(moment, locale));
        }
        var reasons = new ArrayList<String>();
        for (var obstacle : hours.obstacles(moment)) {
            reasons.add(reason(obstacle, locale));
        }
        var opening = hours.nextOpening(moment);
        return say(
                "message.leaves.because", locale, day(opening, locale), hour(opening, locale), joined(reasons, locale));
    }

    /**
     * Roughly when a channel will be done, or nothing where there is nothing to send.
     *
     * @param override whether contact hours do not count
     */
    public @Nullable Instant done(OnChannel line, Instant due, boolean override) {
        return line.first() == 0
                ? null
                : pace.done(line.channel(), notPast(due), line.first() + line.before(), override || !line.personal())
                        .orElse(null);
    }

    /** The channels that do not get done while the message is useful: on them some of it would expire. */
    public List<String> hurried(Forecast forecast, Instant due, @Nullable Instant expires, boolean override) {
        return expires == null
                ? List.of()
                : forecast.channels().stream()
                        .filter(line -> line.first() > 0)
                        .filter(line -> {
                            var done = done(line, due, override);
                            return done == null || done.isAfter(expires);
                        })
                        .map(OnChannel::channel)
                        .toList();
    }

    private String reason(Obstacle obstacle, Locale locale) {
        var day = DateTimeFormatter.ofPattern("EEEE d", locale).format(obstacle.date());
        var name = words.getMessage("holiday." + obstacle.name(), null, obstacle.name(), locale);
        return say("message.obstacle." + obstacle.kind(), locale, day, String.valueOf(name));
    }

    private String joined(List<String> reasons, Locale locale) {
        if (reasons.size() < 2) {
            return String.join("", reasons);
        }
        var last = reasons.size() - 1;
        return String.join(", ", reasons.subList(0, last)) + " " + say("message.and", locale) + " " + reasons.get(last);
    }

    private String day(Instant moment, Locale locale) {
        var date = moment.atZone(hours.zone()).toLocalDate();
        return DateTimeFormatter.ofPattern(pattern(date, locale), locale).format(date);
    }

    private String pattern(LocalDate date, Locale locale) {
        var year = date.getYear() == clock.instant().atZone(hours.zone()).getYear()
                ? ""
                : locale.getLanguage().equals("es") ? " 'de' yyyy" : " yyyy";
        return (locale.getLanguage().equals("es") ? "EEEE d 'de' MMMM" : "EEEE d MMMM") + year;
    }

    private String hour(Instant moment, Locale locale) {
        // JDKs differ in the spaces of "a. m."
        return DateTimeFormatter.ofPattern("h:mm a", locale)
                .format(moment.atZone(hours.zone()))
                .replace('\u00a0', ' ')
                .replace('\u202f', ' ');
    }

    private String say(String key, Locale locale, Object... arguments) {
        return words.getMessage(key, arguments, locale);
    }
}
