package org.pregonero.templates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class WhatsAppTest {

    private static final String SID = "HX0123456789abcdef0123456789abcdef";

    @Test
    void theTemplatesVariablesAndThePreviewAreFilled() {
        RenderedWhatsApp rendered = (RenderedWhatsApp) template(
                        "Hola, {{1}}: lo esperamos el {{2}}.\nGracias, {{1}}.",
                        Map.of("1", "{{nombre}}", "2", "{{evento.fecha}} en {{evento.lugar}}"))
                .compile(Samples.withEvent())
                .render(Map.of("nombre", "Ana\n\t  María $1"));

        assertThat(rendered.contentSid()).isEqualTo(SID);
        assertThat(rendered.contentVariables())
                .containsEntry("1", "Ana María $1")
                .hasEntrySatisfying("2", value -> assertThat(value).startsWith("jueves 26 de noviembre de 2026 en "));
        assertThat(rendered.text())
                .startsWith("Hola, Ana María $1: lo esperamos el jueves 26")
                .endsWith(".\nGracias, Ana María $1.");
    }

    @Test
    void aFreeTextKeepsItsLines() {
        RenderedWhatsApp rendered =
                (RenderedWhatsApp) new WhatsAppContent(null, "Hola, {{nombre}}.\n\nhttps://a.example/x")
                        .compile(Samples.withoutEvent())
                        .render(Map.of("nombre", "Ana", "enlace_seguimiento", "https://p.example/i/t/"));

        assertThat(rendered).isEqualTo(new RenderedWhatsApp(null, Map.of(), "Hola, Ana.\n\nhttps://p.example/i/t/0"));
    }

    @Test
    void anAddressInAVariableCanBeCountedAndOneInTheApprovedTextCannot() {
        CompiledContent content = template("Más en https://a.example/fijo y {{1}}", Map.of("1", "https://b.example/x"))
                .compile(Samples.withoutEvent());

        assertThat(content.links().values()).containsExactly("https://b.example/x");
    }

    @Test
    void aVariableThatWouldBeEmptyLacksItsData() {
        CompiledContent content = template("Hola, {{1}}", Map.of("1", "{{#cargo}}{{cargo}}{{/cargo}}"))
                .compile(Samples.withoutEvent());

        assertThat(content.missing(Map.of())).containsExactly("cargo");
        assertThat(content.missing(Map.of("cargo", "Edil"))).isEmpty();
        assertThatThrownBy(() -> content.render(Map.of())).isInstanceOf(MissingValueException.class);
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                Arguments.of(template("{{1}} {{2}}", Map.of("1", "{{nombre}}")), "variable {{2}} de la plantilla"),
                Arguments.of(template("{{1}} {{2}}", Map.of("1", "{{nombre}}", "2", " ")), "variable {{2}}"),
                Arguments.of(template("{{1}}", Map.of("1", "{{nombre}}", "3", "x")), "no tiene la variable {{3}}"),
                Arguments.of(template("{{nombre}}", Map.of()), "sólo puede haber variables con número, como {{1}}"),
                Arguments.of(template("{{1}}", Map.of("1", "{{no vale}}")), "una variable de la plantilla"),
                Arguments.of(template(" ", Map.of()), "Falta el texto aprobado"),
                Arguments.of(
                        new WhatsAppContent(new WhatsAppContent.Template("HX12", "Hola", Map.of()), null),
                        "empieza por HX"),
                Arguments.of(
                        new WhatsAppContent(new WhatsAppContent.Template(SID, "Hola", Map.of()), "Hola"), "no los dos"),
                Arguments.of(new WhatsAppContent(null, null), "Falta el texto"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void aMistakeIsNamedInSpanish(WhatsAppContent content, String named) {
        assertThatThrownBy(() -> content.compile(Samples.withoutEvent()))
                .isInstanceOf(InvalidTemplateException.class)
                .hasMessageContaining(named);
    }

    private static WhatsAppContent template(String body, Map<String, String> variables) {
        return new WhatsAppContent(new WhatsAppContent.Template(SID, body, variables), null);
    }
}
