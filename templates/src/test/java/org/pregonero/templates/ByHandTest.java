package org.pregonero.templates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pregonero.templates.ByHandContent.Medium;
import org.pregonero.templates.ByHandContent.Responsible;

class ByHandTest {

    private static final Responsible ANA = new Responsible("Ana Ruiz", "ana@ejemplo.gov.co");

    private static ByHandContent spot(@Nullable String script, @Nullable String piece, Responsible... people) {
        return new ByHandContent(Medium.RADIO, "Cuña en {{lugar}}", script, piece, null, List.of(people));
    }

    private static RenderedTask rendered(ByHandContent content) {
        return (RenderedTask) content.compile(Samples.withEvent()).render(Map.of("lugar", "Emisora Ñandú"));
    }

    @Test
    void theTaskNamesItsPlaceAndTheEvent() {
        RenderedTask task = rendered(spot("Venga a {{evento.lugar}}.", "https://ejemplo.gov.co/{{lugar}}.pdf", ANA));

        assertThat(task.what()).isEqualTo("Cuña en Emisora Ñandú");
        assertThat(task.script()).isEqualTo("Venga a Auditorio Ñandú, Carrera 22; piso 1.");
        assertThat(task.piece()).isEqualTo("https://ejemplo.gov.co/Emisora%20%C3%91and%C3%BA.pdf");
        assertThat(task.responsible()).containsExactly(ANA);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", "5, 2", "6, 3", "75, 30", "150, 60"})
    void aScriptTakesItsTimeAtAnAnnouncersPace(int words, int seconds) {
        assertThat(ByHandContent.seconds("¡palabra, — ".repeat(words))).isEqualTo(seconds);
    }

    @Test
    void withoutScriptThereIsNothingToTime() {
        assertThat(rendered(spot(null, null, ANA)).seconds()).isNull();
        assertThat(rendered(spot("Uno dos tres.", null, ANA)).seconds()).isEqualTo(2);
    }

    @Test
    void aTaskThatNobodyDoesIsRefused() {
        assertRefused(spot(null, null), "Falta quién hace la tarea");
        assertRefused(spot(null, null, new Responsible("Ana", "ana(at)ejemplo")), "«ana(at)ejemplo»");
        assertRefused(spot(null, "javascript:alert(1)", ANA), "debe empezar por https://");
    }

    private static void assertRefused(ByHandContent content, String why) {
        assertThatThrownBy(() -> content.compile(Samples.withEvent()))
                .isInstanceOf(InvalidTemplateException.class)
                .hasMessageContaining(why);
    }
}
