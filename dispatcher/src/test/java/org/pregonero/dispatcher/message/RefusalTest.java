package org.pregonero.dispatcher.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.i18n.LocaleContextHolder;

class RefusalTest {

    @AfterEach
    void nobodyAsks() {
        LocaleContextHolder.resetLocaleContext();
    }

    @Test
    void speaksTheLanguageOfWhoeverAsksElseSpanish() {
        assertThat(new RefusedException(Refusal.PAST)).hasMessageContaining("ya pasó");

        LocaleContextHolder.setLocale(Locale.ENGLISH);
        assertThat(new RefusedException(Refusal.PAST)).hasMessageContaining("has passed");

        LocaleContextHolder.setLocale(Locale.forLanguageTag("es-MX"));
        assertThat(new RefusedException(Refusal.PAST)).hasMessageContaining("ya pasó");
    }

    @Test
    void showsHowASectionOfATextIsWritten() {
        assertThat(Refusal.VALUE_LACKING.say(1200, "cargo"))
                .contains("A 1.200 persona(s)", "entre {{#cargo}} y {{/cargo}}");
    }
}
