package org.pregonero.templates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceholdersTest {

    @Test
    void namesOfInstitutionAndEventNeedNoRecipient() {
        RenderedEmail mail = Samples.rendered(
                "{{evento.nombre}}",
                "{{evento.fecha}} · {{evento.hora}} · {{institucion.nombre}}",
                Map.of(),
                Samples.event());

        assertThat(mail.subject()).isEqualTo("Audiencia pública");
        assertThat(mail.text()).contains("jueves 26 de noviembre de 2026 · 9:00 a. m. · Instituto & Fomento <Ñandú>");
        assertThat(mail.html()).contains("Instituto &amp; Fomento &lt;Ñandú&gt;");
    }

    @Test
    void onlyNamesOfTheRecipientAreReported() {
        CompiledContent content = Samples.email(
                        "{{nombre}}",
                        "{{#cargo}}{{cargo}}{{/cargo}} {{institucion.correo}} [x]({{enlace}}) {{enlace_baja}}")
                .compile(Samples.withoutEvent());

        assertThat(content.placeholders()).containsExactlyInAnyOrder("nombre", "cargo", "enlace");
    }

    @Test
    void linksThatAreTheSameForEverybodyCanBeCountedAndOnlyThose() {
        CompiledContent content = Samples.email(
                        "Hola", "[Uno](https://a.example/x?y=1) [Tuyo]({{enlace}}) [Correo](mailto:a@a.example)")
                .compile(Samples.withoutEvent());

        int number = content.links().entrySet().stream()
                .filter(link -> link.getValue().equals("https://a.example/x?y=1"))
                .findFirst()
                .orElseThrow()
                .getKey();
        RenderedEmail mail = (RenderedEmail)
                content.render(Map.of("enlace", "https://b.example", "enlace_seguimiento", "https://c.example/i/7/"));

        assertThat(content.placeholders()).containsExactly("enlace");
        assertThat(mail.html())
                .contains("href=\"https://c.example/i/7/" + number + "\"")
                .contains("href=\"https://b.example\"", "href=\"mailto:a@a.example\"")
                .doesNotContain("https://a.example/x");
        assertThat(mail.text()).contains("https://c.example/i/7/" + number).doesNotContain("https://a.example/x");
        assertThat(content.links()).containsValue("https://a.example/x?y=1").doesNotContainValue("mailto:a@a.example");
    }

    @Test
    void aBlankValueIsMissingUnlessItsSectionIsHidden() {
        CompiledContent content = Samples.email(
                        "Hola", "{{nombre}} {{#cargo}}{{cargo}} de {{entidad}}{{/cargo}}{{^cargo}}{{apodo}}{{/cargo}}")
                .compile(Samples.withoutEvent());

        assertThat(content.missing(Map.of("nombre", "  "))).containsExactlyInAnyOrder("nombre", "apodo");
        assertThat(content.missing(Map.of("nombre", "Ana", "cargo", "Edil"))).containsExactly("entidad");
        assertThatThrownBy(() -> content.render(Map.of())).isInstanceOf(MissingValueException.class);
    }

    @Test
    void sectionsAppearOnlyWithAValue() {
        String body = "Uno\n\n{{#cargo}}\n- {{cargo}}\n{{/cargo}}\n\n{{#cargo}}Cargo: {{cargo}}{{/cargo}}\n\n"
                + "{{^cargo}}Sin cargo{{/cargo}}\n\nDos";

        assertThat(Samples.rendered(body, Map.of("cargo", "Edil")).text())
                .startsWith("Uno\n\n- Edil\n\nCargo: Edil\n\nDos");
        RenderedEmail without = Samples.rendered(body, Map.of());
        assertThat(without.text()).startsWith("Uno\n\nSin cargo\n\nDos");
        assertThat(without.html()).doesNotContainPattern("<p[^>]*></p>").doesNotContain("<li");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{{nombre}}}",
                "{{&nombre}}",
                "{{>otra}}",
                "{{=<% %>=}}",
                "{{#a}}",
                "{{/a}}",
                "{{#a}}{{#b}}{{/a}}",
                "{{nombre",
                "{{no vale}}",
                "{{evento.fecha}}",
                "{{institucion.nit}}",
                "{{.}}",
                "**{{#a}}uno** dos{{/a}}",
                "![x](https://e.example/x.png)",
                "[x](javascript:alert(1))",
                "[x](data:x)"
            })
    void whatIsNotAllowedIsRefusedInSpanish(String body) {
        assertThatThrownBy(() -> Samples.email("Hola", body).compile(Samples.withoutEvent()))
                .isInstanceOf(InvalidTemplateException.class)
                .hasMessageContaining("el texto");
    }

    @Test
    void theErrorSaysWhere() {
        assertThatThrownBy(() -> Samples.email("Hola", "Uno\n\n{{#cargo}} dos").compile(Samples.withoutEvent()))
                .hasMessage(
                        "En el texto, línea 3: la sección «{{#cargo}}» no se cierra; agregue {{/cargo}} donde termina.");
    }

    @ParameterizedTest
    @CsvSource({"0,12:00 a. m.", "9,9:00 a. m.", "12,12:00 m.", "15,3:00 p. m."})
    void hoursAreColombian(int hour, String expected) {
        EventWords words = new EventWords(Words.in(Samples.withEvent().locale()));

        assertThat(words.hour(Samples.event().start().withHour(hour))).isEqualTo(expected);
    }

    @Test
    void valuesAreNeverReadAsTemplateMarkdownOrHtml() {
        String value = "<b>x</b> **y** {{nombre}} {{#z}} \uE000vnombre\uE001 & \"q\" 'ñ' 🎉";

        RenderedEmail mail = Samples.rendered("Hola **{{nombre}}**", Map.of("nombre", value));

        assertThat(mail.text()).startsWith("Hola " + value + "\n");
        assertThat(mail.html())
                .contains("<strong>&lt;b&gt;x&lt;/b&gt; **y** {{nombre}} {{#z}}")
                .contains("&amp; &quot;q&quot; &#39;ñ&#39; 🎉</strong>");
    }

    @Test
    void bracesThatMarkdownUncoversStayText() {
        assertThat(Samples.rendered("\\{\\{nombre}} y &lbrace;&lbrace;x}}", Map.of())
                        .text())
                .startsWith("{{nombre}} y {{x}}");
    }
}
