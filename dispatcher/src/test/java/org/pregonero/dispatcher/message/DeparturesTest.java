package org.pregonero.dispatcher.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pregonero.dispatcher.institution.ContactPolicy;
import org.pregonero.dispatcher.institution.Hours;
import org.pregonero.dispatcher.testing.RunningApplication;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.MessageSource;

@RunningApplication
class DeparturesTest {

    private static final ZoneId BOGOTA = ZoneId.of("America/Bogota");

    @Autowired
    Contents contents;

    @Autowired
    Pace pace;

    @Autowired
    MessageSource words;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2026-11-15T20:00 | true  | Sale el martes 17 de noviembre a las 7:00 a. m. porque el domingo 15 no se escribe a \
            nadie y el lunes 16 es festivo (Independencia de Cartagena).
            2026-11-15T20:00 | false | Sale el domingo 15 de noviembre a las 8:00 p. m.
            2026-11-18T10:00 | true  | Sale el miércoles 18 de noviembre a las 10:00 a. m.
            2027-11-14T20:00 | true  | Sale el martes 16 de noviembre de 2027 a las 7:00 a. m. porque el domingo 14 no se \
            escribe a nadie y el lunes 15 es festivo (Independencia de Cartagena).
            """)
    void saysWhenAMessageLeavesAndWhyNotBefore(String due, boolean personal, String sentence) {
        var hours = new ContactHours(
                () -> new ContactPolicy(BOGOTA, Hours.of("07:00-19:00"), Hours.of("08:00-15:00"), Map.of(), 0));
        var now = Clock.fixed(Instant.parse("2026-11-13T15:00:00Z"), BOGOTA);
        var departures = new Departures(hours, contents, pace, words, now);

        assertThat(departures.sentence(
                        LocalDateTime.parse(due).atZone(BOGOTA).toInstant(), personal, Locale.forLanguageTag("es-CO")))
                .isEqualTo(sentence);
    }
}
