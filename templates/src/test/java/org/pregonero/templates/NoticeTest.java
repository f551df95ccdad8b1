package org.pregonero.templates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NoticeTest {

    private static final String LINK = "https://avisos.ejemplo.gov.co/enterado/abc";

    private static NoticeContent notice(boolean acknowledged, @Nullable Duration wait) {
        return new NoticeContent(
                "Cierre de {{sede}}",
                "La sede <{{sede}}> cierra",
                List.of("Señora {{nombre}}:", "Trabajamos desde la **otra** sede."),
                acknowledged,
                wait);
    }

    private static RenderedEmail rendered(NoticeContent notice, Map<String, String> values) {
        return (RenderedEmail) notice.compile(Samples.withoutEvent()).render(values);
    }

    private static final Map<String, String> VALUES =
            Map.of("sede", "Centro", "nombre", "Ñáñez", "enlace_enterado", LINK, "enlace_baja", LINK);

    @Test
    void theButtonLeadsToTheReadersOwnPage() {
        RenderedEmail mail = rendered(notice(true, null), VALUES);

        assertThat(mail.subject()).isEqualTo("Cierre de Centro");
        assertThat(mail.sender()).isEqualTo(Samples.identity().sender());
        assertThat(mail.html())
                .contains("La sede &lt;Centro&gt; cierra</h1>", "Señora Ñáñez:</p>", "<strong>otra</strong>")
                .contains("href=\"" + LINK + "\"", "Confirmo que leí este aviso")
                .doesNotContain("Todavía no");
        assertThat(mail.text())
                .contains("La sede <Centro> cierra", "Confirmo que leí este aviso: " + LINK)
                .doesNotContain("Todavía no");
    }

    @Test
    void withoutTheReadersLinkANoticeToAcknowledgeIsNotRendered() {
        CompiledContent compiled = notice(true, null).compile(Samples.withoutEvent());

        assertThat(compiled.missing(Map.of("sede", "Centro", "nombre", "Ñáñez")))
                .containsExactly("enlace_enterado");
        assertThat(compiled.placeholders()).containsExactly("nombre", "sede");
    }

    @Test
    void aReminderSaysThatItIsOne() {
        RenderedEmail mail = rendered(
                notice(true, null),
                Map.of("sede", "Centro", "nombre", "Ñáñez", "enlace_enterado", LINK, "recordatorio", "sí"));

        assertThat(mail.subject()).isEqualTo("Recordatorio: Cierre de Centro");
        assertThat(mail.html()).contains("Todavía no tenemos su confirmación", "<title>Recordatorio: Cierre de Centro");
        assertThat(mail.text()).startsWith("Todavía no tenemos su confirmación");
    }

    @Test
    void aNoticeThatAsksForNothingHasNoButton() {
        NoticeContent notice = notice(false, null);

        assertThat(rendered(notice, Map.of("sede", "Centro", "nombre", "Ñáñez")).html())
                .doesNotContain("Confirmo que leí");
        assertThat(notice.compile(Samples.withoutEvent()).acknowledgeWithin()).isEmpty();
    }

    @Test
    void theWaitIsTwoDaysUnlessTheOfficeSaysOtherwise() {
        assertThat(notice(true, null).compile(Samples.withoutEvent()).acknowledgeWithin())
                .contains(Duration.ofDays(2));
        assertThat(notice(true, Duration.ofHours(4))
                        .compile(Samples.withoutEvent())
                        .acknowledgeWithin())
                .contains(Duration.ofHours(4));
        assertThatThrownBy(() -> notice(true, Duration.ofSeconds(59)).compile(Samples.withoutEvent()))
                .isInstanceOf(InvalidTemplateException.class)
                .hasMessageContaining("entre 1 minuto y 30 días");
    }

    @Test
    void anEmptyNoticeIsRefused() {
        NoticeContent empty = new NoticeContent("Asunto", "Título", List.of(), true, null);

        assertThatThrownBy(() -> empty.compile(Samples.withoutEvent()))
                .isInstanceOf(InvalidTemplateException.class)
                .hasMessageContaining("los párrafos del aviso");
    }
}
