package org.pregonero.dispatcher.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pregonero.dispatcher.institution.ContactPolicy;
import org.pregonero.dispatcher.institution.Hours;
import org.pregonero.dispatcher.message.ContactHours.Obstacle;

class ContactHoursTest {

    private static final ZoneId BOGOTA = ZoneId.of("America/Bogota");

    private final ContactHours hours = new ContactHours(() -> new ContactPolicy(
            BOGOTA,
            Hours.of("07:00-19:00"),
            Hours.of("08:00-15:00"),
            Map.of(LocalDate.of(2026, 12, 24), "Cierre de fin de año"),
            0));

    @ParameterizedTest
    @CsvSource({
        // a Wednesday
        "2026-11-18T06:59:59, false",
        "2026-11-18T07:00:00, true",
        "2026-11-18T18:59:59, true",
        "2026-11-18T19:00:00, false",
        // a Saturday
        "2026-11-21T07:59:59, false",
        "2026-11-21T08:00:00, true",
        "2026-11-21T15:00:00, false",
        // a Sunday
        "2026-11-22T10:00:00, false",
        // the Monday of Chiquinquirá, a holiday since Ley 2578 de 2026; before it was a day like others
        "2026-07-13T10:00:00, false",
        "2025-07-14T10:00:00, true"
    })
    void isOpenAtTheHoursOfTheDay(String local, boolean open) {
        assertThat(hours.open(at(local))).isEqualTo(open);
    }

    @ParameterizedTest
    @CsvSource({
        // Sunday evening, and the Monday after it is the holiday of Cartagena's independence
        "2026-11-15T20:00:00, 2026-11-17T07:00:00",
        "2026-11-21T15:00:00, 2026-11-23T07:00:00",
        "2026-11-20T19:30:00, 2026-11-21T08:00:00",
        "2026-11-18T05:00:00, 2026-11-18T07:00:00",
        "2026-11-18T10:00:00, 2026-11-18T10:00:00",
        // over Holy Thursday and Good Friday
        "2027-03-24T21:00:00, 2027-03-27T08:00:00",
        // over a holiday of the institution's own, Christmas after it, and a Saturday
        "2026-12-23T19:00:00, 2026-12-26T08:00:00"
    })
    void tellsWhenItOpensNext(String local, String opening) {
        assertThat(hours.nextOpening(at(local))).isEqualTo(at(opening));
    }

    @Test
    void namesWhatKeepsASundayEveningsMessageUntilTuesday() {
        assertThat(hours.obstacles(at("2026-11-15T20:00:00")))
                .extracting(Obstacle::kind, Obstacle::date, Obstacle::name)
                .containsExactly(
                        tuple(Obstacle.Kind.SUNDAY, LocalDate.of(2026, 11, 15), ""),
                        tuple(Obstacle.Kind.HOLIDAY, LocalDate.of(2026, 11, 16), "CARTAGENA"));
        assertThat(hours.obstacles(at("2026-11-18T20:00:00")))
                .extracting(Obstacle::kind)
                .containsExactly(Obstacle.Kind.TOO_LATE);
        assertThat(hours.obstacles(at("2026-11-18T05:00:00")))
                .extracting(Obstacle::kind)
                .containsExactly(Obstacle.Kind.TOO_EARLY);
        assertThat(hours.obstacles(at("2026-11-18T10:00:00"))).isEmpty();
    }

    /** Ley 51 de 1983 with Easter on 28 March, and Ley 2578 de 2026. */
    @Test
    void isClosedOnTheSundaysAndHolidaysOf2027AndOnNoOtherDay() {
        var holidays = Stream.of(
                        "01-01", "01-11", "03-22", "03-25", "03-26", "05-01", "05-10", "05-31", "06-07", "07-05",
                        "07-12", "07-20", "08-07", "08-16", "10-18", "11-01", "11-15", "12-08", "12-25")
                .map(day -> LocalDate.parse("2027-" + day));
        var sundays = Stream.iterate(LocalDate.of(2027, 1, 3), day -> day.getYear() == 2027, day -> day.plusWeeks(1));

        var closed = LocalDate.of(2027, 1, 1)
                .datesUntil(LocalDate.of(2028, 1, 1))
                .filter(day -> !hours.open(at(day + "T10:00:00")));

        assertThat(closed)
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(holidays, sundays).toList());
    }

    private static Instant at(String local) {
        return LocalDateTime.parse(local).atZone(BOGOTA).toInstant();
    }
}
