package org.pregonero.templates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostTest {

    private static final String LINK = "https://www.instituto.example/audiencia?a=1&b=2";

    private static RenderedPost x(String text, @Nullable String link) {
        return (RenderedPost)
                new XContent(text, link, null).compile(Samples.withEvent()).render(Map.of());
    }

    private static PostPicture picture(@Nullable String alternativeText) {
        InlineImage logo = Samples.identity().logo();
        return new PostPicture("image/png", logo == null ? new byte[0] : logo.bytes(), String.valueOf(alternativeText));
    }

    @Test
    void speaksOfInstitutionAndEventAndEndsWithTheLink() {
        RenderedPost post = x("{{institucion.nombre}} invita: {{evento.nombre}} <ya>", "{{evento.enlace}}");

        assertThat(post.text())
                .isEqualTo("Instituto & Fomento <Ñandú> invita: Audiencia pública <ya>\n"
                        + "https://www.instituto.example/audiencia");
        assertThat(post.link()).isNull();
    }

    @Test
    void theLinkIsReplacedByTheOneThatCounts() {
        CompiledContent content = new XContent("Venga", LINK, null).compile(Samples.withEvent());

        assertThat(content.links()).containsExactly(Map.entry(0, LINK));
        assertThat(((RenderedPost) content.render(Map.of("enlace_seguimiento", "https://p.example/i/t/"))).text())
                .isEqualTo("Venga\nhttps://p.example/i/t/0");
    }

    @ParameterizedTest
    @CsvSource({"nombre", "enlace_baja", "lugar"})
    void nothingOfARecipientIsAllowed(String name) {
        assertThatThrownBy(() -> x("Hola {{" + name + "}}", null))
                .isInstanceOf(InvalidTemplateException.class)
                .hasMessageContaining(name)
                .hasMessageContaining("línea 1");
        assertThatThrownBy(() -> x("{{#" + name + "}}Hola{{/" + name + "}}", null))
                .isInstanceOf(InvalidTemplateException.class);
    }

    /** Weights of the network's counting page: a family of four is one emoji. */
    @ParameterizedTest
    @CsvSource({"á,280", "ñ,280", "😀,140", "👨‍👩‍👧‍👦,140", "漢,140"})
    void countsAsTheNetworkCounts(String unit, int fits) {
        assertThat(x(unit.repeat(fits), null).text()).hasSize(unit.length() * fits);
        assertThatThrownBy(() -> x(unit.repeat(fits + 1), null)).isInstanceOf(InvalidTemplateException.class);
    }

    @Test
    void anyLinkCountsTwentyThree() {
        String address = "https://www.instituto.example/" + "a".repeat(300);

        assertThat(x("a".repeat(256), address).text()).endsWith(address);
        assertThatThrownBy(() -> x("a".repeat(257), address))
                .isInstanceOf(InvalidTemplateException.class)
                .hasMessageContaining("281")
                .hasMessageContaining("280");
    }

    @Test
    void saysThatALinkOnXCostsMore() {
        assertThat(new XContent("Venga", LINK, null)
                        .compile(Samples.withEvent())
                        .notes())
                .singleElement()
                .asString()
                .contains("diez veces");
        assertThat(new XContent("Vea https://www.ejemplo.gov.co/a", null, null)
                        .compile(Samples.withEvent())
                        .notes())
                .hasSize(1);
        assertThat(new XContent("Venga", null, null)
                        .compile(Samples.withEvent())
                        .notes())
                .isEmpty();
    }

    @Test
    void facebookShowsTheLinkAsACardUnlessThereIsAPicture() {
        RenderedPost card = (RenderedPost) new FacebookContent("Venga", LINK, null)
                .compile(Samples.withEvent())
                .render(Map.of());
        RenderedPost withPicture = (RenderedPost) new FacebookContent("Venga", LINK, picture("Un parque"))
                .compile(Samples.withEvent())
                .render(Map.of());

        assertThat(card).isEqualTo(new RenderedPost("Venga", LINK, null));
        assertThat(withPicture.text()).isEqualTo("Venga\n" + LINK);
        assertThat(withPicture.link()).isNull();
    }

    @Test
    void aPictureNeedsAnAlternativeText() {
        FacebookContent content = new FacebookContent("Venga", null, picture(" "));

        assertThatThrownBy(() -> content.compile(Samples.withEvent()))
                .isInstanceOf(InvalidTemplateException.class)
                .hasMessageContaining("texto alternativo");
    }

    @Test
    void aPictureMustBeOne() {
        XContent content = new XContent("Venga", null, new PostPicture("image/png", new byte[] {1, 2}, "Un parque"));

        assertThatThrownBy(() -> content.compile(Samples.withEvent()))
                .isInstanceOf(InvalidTemplateException.class)
                .hasMessageContaining("PNG o JPEG");
    }
}
