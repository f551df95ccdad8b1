package org.pregonero.templates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.fortuna.ical4j.data.CalendarBuilder;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.Component;
import net.fortuna.ical4j.model.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmailTest {

    @Test
    void aValueCannotAddAHeader() {
        RenderedEmail mail =
                Samples.rendered("Hola {{nombre}}", "x", Map.of("nombre", "Ana\r\nBcc: todos@e.example\u2028x"), null);

        assertThat(mail.subject()).isEqualTo("Hola Ana Bcc: todos@e.example x");
    }

    @Test
    void aMailPresentsItselfAsTheInstitutionDoes() {
        assertThat(Samples.rendered("Hola", Map.of()).sender())
                .isEqualTo(Samples.identity().sender());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"javascript:alert(1)", " JaVaScRiPt:alert(1)", "data:text/html,x", "//e.example", "https://"})
    void anUnsafeAddressFromAValueLeadsNowhere(String address) {
        RenderedEmail mail = Samples.rendered("Vea [esto]({{enlace}}).", Map.of("enlace", address));

        assertThat(mail.html()).contains("href=\"\"").doesNotContain("alert").doesNotContain(address + "\"");
        assertThat(mail.text()).startsWith("Vea esto.");
    }

    @Test
    void addressesFromValuesSurvive() {
        RenderedEmail mail = Samples.rendered(
                "[{{nombre}}]({{enlace}}) y [b](https://e.example/{{clave}}?x=1)",
                Map.of("nombre", "Ñ", "enlace", "https://e.example/a?b=1&c=2", "clave", "a/b\"ñ"));

        assertThat(mail.html())
                .contains("href=\"https://e.example/a?b=1&amp;c=2\"")
                .contains("href=\"https://e.example/a%2Fb%22%C3%B1?x=1\"");
        assertThat(mail.text()).startsWith("Ñ: https://e.example/a?b=1&c=2 y b: https://e.example/a%2Fb%22%C3%B1?x=1");
    }

    @Test
    void htmlInTheBodyIsShownAsText() {
        assertThat(Samples.rendered("<script>x</script>\n\nhola <i>y</i>", Map.of())
                        .html())
                .contains("&lt;script&gt;")
                .contains("&lt;i&gt;")
                .doesNotContain("<script");
    }

    @Test
    void theTextPartReadsLikeATypedMail() {
        assertThat(Samples.rendered(
                                "# Título\n\n- uno\n- dos\n\n1. a\n2. b\n\n> cita\n\n[sitio](https://e.example)",
                                Map.of())
                        .text())
                .startsWith(
                        "Título\n======\n\n- uno\n- dos\n\n1. a\n2. b\n\n> cita\n\nsitio: https://e.example\n\n--\n")
                .contains("Carrera 22 # 18-21, Manizales", "Ley 1581");
    }

    @Test
    void theLayoutCarriesIdentityNoticeEventAndButton() {
        EmailContent content = new EmailContent(
                "Hola",
                "Texto",
                "Vista {{nombre}}",
                new EmailContent.Button("Confirmar", "{{enlace}}"),
                false,
                List.of());

        RenderedEmail mail = (RenderedEmail)
                content.compile(Samples.withEvent()).render(Map.of("nombre", "<Ana>", "enlace", "https://e.example/c"));

        assertThat(mail.html())
                .contains("<html lang=\"es-CO\"", "<title>Hola</title>", "Vista &lt;Ana&gt;", "color-scheme")
                .contains("src=\"cid:logo\" alt=\"Instituto &amp; Fomento &lt;Ñandú&gt;\"")
                .contains("jueves 26 de noviembre de 2026", "9:00 a. m. a 12:00 m.", "Auditorio Ñandú")
                .contains("href=\"https://e.example/c\"", "Carrera 22 # 18-21", "Ley 1581");
        assertThat(mail.images()).extracting(InlineImage::contentId).containsExactly("logo");
        assertThat(mail.text()).contains("Confirmar: https://e.example/c", "Lugar: Auditorio Ñandú");
    }

    @Test
    void theWayOutAppearsOnlyWithItsLink() {
        String link = "https://e.example/baja/1";

        RenderedEmail with = Samples.rendered("x", Map.of("enlace_baja", link));
        RenderedEmail without = Samples.rendered("x", Map.of());

        assertThat(with.html()).contains("href=\"" + link + "\"");
        assertThat(with.text()).contains("No quiero recibir más mensajes: " + link);
        assertThat(without.html() + without.text()).doesNotContain("No quiero recibir");
    }

    @ParameterizedTest
    @ValueSource(strings = {"#0b4f6c", "#f2a900", "#ffffff", "#777777", "#ff0000", "#00ff00"})
    void textOnIdentityColoursCanBeRead(String css) {
        Colour colour = Colour.of(css, Words.in(Samples.withEvent().locale()));

        assertThat(colour.contrast(colour.text())).isGreaterThanOrEqualTo(4.5);
        assertThat(colour.readableOn(Colour.WHITE).contrast(Colour.WHITE)).isGreaterThanOrEqualTo(4.5);
    }

    @Test
    void theInvitationIsValidAndNamesTheRecipient() throws Exception {
        Clock clock = Clock.fixed(Instant.parse("2026-11-01T12:00:00Z"), ZoneOffset.UTC);
        EmailContent content = new EmailContent("Hola", "Texto", null, null, true, List.of());

        String ics = Objects.requireNonNull(((RenderedEmail) content.compile(Samples.withEvent(), clock)
                        .render(Map.of("correo", "ana.nunez@dominio-muy-largo-de-una-entidad-publica.example")))
                .calendar());

        assertThat(ics).contains("\r\nMETHOD:REQUEST\r\n", "\r\nDTSTAMP:20261101T120000Z\r\n");
        assertThat(ics.replace("\r\n", "")).doesNotContain("\n");
        assertThat(ics.split("\r\n")).allSatisfy(line -> assertThat(line.getBytes(StandardCharsets.UTF_8))
                .hasSizeLessThanOrEqualTo(75));
        Calendar calendar = new CalendarBuilder().build(new StringReader(ics));
        assertThat(calendar.validate().hasErrors()).isFalse();
        Component event = calendar.getComponents("VEVENT").get(0);
        assertThat(value(event, "DTSTART")).isEqualTo("20261126T140000Z");
        assertThat(value(event, "DTEND")).isEqualTo("20261126T170000Z");
        assertThat(value(event, "UID")).isEqualTo("audiencia-2026@instituto.example");
        assertThat(value(event, "LOCATION")).isEqualTo("Auditorio Ñandú, Carrera 22; piso 1");
        assertThat(value(event, "ATTENDEE"))
                .isEqualTo("mailto:ana.nunez@dominio-muy-largo-de-una-entidad-publica.example");
        assertThat(value(event, "ORGANIZER")).isEqualTo("mailto:comunicaciones@instituto.example");
    }

    private static String value(Component component, String name) {
        Property property = component.getProperty(name).orElseThrow();
        return property.getValue();
    }

    @Test
    void anAddressCannotAddALineToTheInvitation() {
        EmailContent content = new EmailContent("Hola", "Texto", null, null, true, List.of());

        RenderedEmail mail = (RenderedEmail) content.compile(Samples.withEvent())
                .render(Map.of("correo", "a@e.example\r\nATTACH:https://malo.example"));

        assertThat(mail.calendar()).isNotNull().doesNotContain("ATTENDEE").doesNotContain("ATTACH");
    }

    @Test
    void anInvitationNeedsAnEvent() {
        assertThatThrownBy(() ->
                        new EmailContent("Hola", "Texto", null, null, true, List.of()).compile(Samples.withoutEvent()))
                .isInstanceOf(InvalidTemplateException.class)
                .hasMessageContaining("evento");
    }
}
