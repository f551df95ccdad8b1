package org.pregonero.templates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.pregonero.templates.SmsSegments.Encoding;

class SmsTest {

    static Stream<Arguments> prices() {
        return Stream.of(
                Arguments.of("", Encoding.GSM_7, 0, 0),
                Arguments.of("ñ".repeat(160), Encoding.GSM_7, 160, 1),
                Arguments.of("ñ".repeat(161), Encoding.GSM_7, 161, 2),
                Arguments.of("é".repeat(306), Encoding.GSM_7, 306, 2),
                Arguments.of("é".repeat(307), Encoding.GSM_7, 307, 3),
                Arguments.of("€".repeat(80), Encoding.GSM_7, 160, 1),
                // 153 is odd: a character that counts double moves on to the next part
                Arguments.of("€".repeat(153), Encoding.GSM_7, 306, 3),
                Arguments.of("á" + "a".repeat(69), Encoding.UCS_2, 70, 1),
                Arguments.of("á" + "a".repeat(70), Encoding.UCS_2, 71, 2),
                Arguments.of("á".repeat(134), Encoding.UCS_2, 134, 2),
                Arguments.of("á".repeat(135), Encoding.UCS_2, 135, 3),
                Arguments.of("🎉".repeat(35), Encoding.UCS_2, 70, 1),
                Arguments.of("🎉".repeat(67), Encoding.UCS_2, 134, 3));
    }

    @ParameterizedTest
    @MethodSource("prices")
    void thePriceIsThatOfTheOperators(String text, Encoding encoding, int units, int segments) {
        SmsSegments price = new RenderedSms(text).segments();

        assertThat(price.encoding()).isEqualTo(encoding);
        assertThat(price.units()).isEqualTo(units);
        assertThat(price.segments()).isEqualTo(segments);
    }

    @Test
    void thePreviewNamesTheCharactersThatCost() {
        assertThat(SmsSegments.of("Mañana, acompáñenos: rendición 🎉, ¿sí? Ñandú ¡allá!")
                        .costly())
                .containsExactly("á", "ó", "🎉", "í", "ú");
        assertThat(SmsSegments.of("¿Mañana? ¡Él y Ñoño, según dígase!").costly())
                .containsExactly("ú", "í");
    }

    @Test
    void textIsRenderedWithComposedCharacters() {
        assertThat(rendered("Hola, {{nombre}}.\r\n{{institucion.nombre}} ", Map.of("nombre", "Begon\u0303a")))
                .isEqualTo("Hola, Begoña.\nInstituto & Fomento <Ñandú>");
    }

    @Test
    void addressesInTheTextCanBeCountedAndPunctuationIsNotTheirs() {
        CompiledContent content = new SmsContent(
                        "Vea https://a.example/x, (http://b.example/y?z=1). Suyo: https://c.example/{{codigo}}/fin! "
                                + "{{enlace}} {{#cargo}}https://d.example/{{/cargo}}")
                .compile(Samples.withoutEvent());

        assertThat(content.links().values())
                .containsExactly("https://a.example/x", "http://b.example/y?z=1", "https://d.example/");
        Map<String, String> person = Map.of("codigo", "a/b", "enlace", "https://e.example", "cargo", "Edil");
        assertThat(text(content, person))
                .isEqualTo("Vea https://a.example/x, (http://b.example/y?z=1). Suyo: https://c.example/a%2Fb/fin! "
                        + "https://e.example https://d.example/");
        assertThat(text(
                        content,
                        Map.of(
                                "codigo",
                                "ab",
                                "enlace",
                                "https://e.example",
                                "cargo",
                                "Edil",
                                "enlace_seguimiento",
                                "https://p.example/i/t/")))
                .isEqualTo("Vea https://p.example/i/t/0, (https://p.example/i/t/1). Suyo: https://c.example/ab/fin! "
                        + "https://e.example https://p.example/i/t/3");
    }

    @Test
    void theEventsLinkCanBeCounted() {
        CompiledContent content = new SmsContent("{{evento.nombre}}: {{evento.enlace}}.").compile(Samples.withEvent());

        assertThat(content.links().values())
                .containsExactly(String.valueOf(Samples.event().link()));
        assertThat(text(content, Map.of("enlace_seguimiento", "https://p.example/i/t/")))
                .isEqualTo("Audiencia pública: https://p.example/i/t/0.");
    }

    @Test
    void whatItCostsIsSaidBeforeAnybodyApprovesIt() {
        assertThat(new SmsContent("Hola, {{nombre}}.")
                        .compile(Samples.withoutEvent())
                        .notes())
                .containsExactly(
                        "Cada SMS se cobra como un mensaje: ocupa 17 caracteres, con datos y enlaces de largo usual.");
        assertThat(new SmsContent("Venga mañana, acompáñenos " + "y ".repeat(30))
                        .compile(Samples.withoutEvent())
                        .notes())
                .hasSize(2)
                .element(0)
                .asString()
                .contains("2 mensajes");
        assertThat(new SmsContent("Acompáñenos").compile(Samples.withoutEvent()).notes())
                .element(1)
                .asString()
                .endsWith("160: á");
    }

    @Test
    void whatNoOperatorTakesIsRefused() {
        assertThatThrownBy(() -> new SmsContent("a".repeat(1601)).compile(Samples.withoutEvent()))
                .isInstanceOf(InvalidTemplateException.class)
                .hasMessageContaining("1,601 de máximo 1,600".replace(",", "."));
    }

    @Test
    void withoutTextItSaysSo() {
        assertThatThrownBy(() -> new SmsContent("  ").compile(Samples.withoutEvent()))
                .isInstanceOf(InvalidTemplateException.class)
                .hasMessage("Falta el texto; escríbalo antes de continuar.");
    }

    private static String rendered(String text, Map<String, String> values) {
        return text(new SmsContent(text).compile(Samples.withoutEvent()), values);
    }

    private static String text(CompiledContent content, Map<String, String> values) {
        return ((RenderedSms) content.render(values)).text();
    }
}
