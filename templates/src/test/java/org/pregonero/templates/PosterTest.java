package org.pregonero.templates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PosterTest {

    private static final Map<String, String> VALUES = Map.of("clave", "x8/Ñ", "lugar", "Cartelera piso 1");

    private static RenderedPoster poster(Paper paper, PosterLayout layout, String headline, String body) {
        return (RenderedPoster) new PosterContent(
                        paper, layout, headline, body, "Confirme su asistencia", "https://e.example/a/{{clave}}")
                .compile(Samples.withEvent())
                .render(VALUES);
    }

    @ParameterizedTest
    @CsvSource({"A4,210,297", "LETTER,215.9,279.4", "A3,297,420", "TABLOID,279.4,431.8"})
    void thePageHasTheExactSizeOfThePaper(Paper paper, float width, float height) throws Exception {
        for (PosterLayout layout : PosterLayout.values()) {
            try (PDDocument pdf =
                    Loader.loadPDF(poster(paper, layout, "Venga", "Texto").bytes())) {
                assertThat(pdf.getNumberOfPages()).isEqualTo(1);
                assertThat(pdf.getPage(0).getMediaBox().getWidth()).isCloseTo(width * 72 / 25.4f, within(0.6f));
                assertThat(pdf.getPage(0).getMediaBox().getHeight()).isCloseTo(height * 72 / 25.4f, within(0.6f));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(PosterLayout.class)
    void theDocumentIsTaggedTitledAndItsFontsAreEmbedded(PosterLayout layout) throws Exception {
        try (PDDocument pdf = Loader.loadPDF(
                poster(Paper.A4, layout, "Rendición de cuentas", "Texto").bytes())) {
            assertThat(pdf.getDocumentCatalog().getMarkInfo().isMarked()).isTrue();
            assertThat(pdf.getDocumentCatalog().getStructureTreeRoot()).isNotNull();
            assertThat(pdf.getDocumentCatalog().getLanguage()).isEqualTo("es-CO");
            assertThat(pdf.getDocumentInformation().getTitle()).isEqualTo("Rendición de cuentas");
            assertThat(new String(pdf.getDocumentCatalog().getMetadata().toByteArray(), StandardCharsets.UTF_8))
                    .contains("pdfuaid:part");
            for (COSName name : pdf.getPage(0).getResources().getFontNames()) {
                PDFont font = pdf.getPage(0).getResources().getFont(name);
                assertThat(font.isEmbedded()).isTrue();
                assertThat(font.getName()).matches("[A-Z]{6}\\+Lato.*");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(PosterLayout.class)
    void theTextCanBeExtractedAndTheCodeLeadsToTheLink(PosterLayout layout) throws Exception {
        try (PDDocument pdf = Loader.loadPDF(poster(Paper.A4, layout, "¿Qué hizo la Ñ? 🎉!", "Pregunte **ya** 🎉.")
                .bytes())) {
            String text = new PDFTextStripper().getText(pdf).replaceAll("\\s+", " ");
            assertThat(text).contains("¿Qué hizo la Ñ?!", "Pregunte ya.", "26", "noviembre", "9:00 a. m.");
            assertThat(text).contains("Auditorio Ñandú", "Confirme su asistencia");

            BufferedImage page = new PDFRenderer(pdf).renderImageWithDPI(0, 110);
            assertThat(decoded(page)).isEqualTo("https://e.example/a/x8%2F%C3%91");
        }
    }

    private static String decoded(BufferedImage page) throws Exception {
        int[] pixels = page.getRGB(0, 0, page.getWidth(), page.getHeight(), null, 0, page.getWidth());
        return new QRCodeReader()
                .decode(new BinaryBitmap(
                        new HybridBinarizer(new RGBLuminanceSource(page.getWidth(), page.getHeight(), pixels))))
                .getText();
    }

    @ParameterizedTest
    @EnumSource(PosterLayout.class)
    void aLongTextIsSetSmallerAndStaysOnThePage(PosterLayout layout) throws Exception {
        String headline = "Audiencia pública participativa de rendición de cuentas sobre responsabilidades";
        String body = "Resultados del plan de acción y del presupuesto. ".repeat(8) + "Fin del texto";

        try (PDDocument pdf =
                Loader.loadPDF(poster(Paper.LETTER, layout, headline, body).bytes())) {
            assertThat(pdf.getNumberOfPages()).isEqualTo(1);
            assertThat(new PDFTextStripper().getText(pdf).replaceAll("\\s+", " "))
                    .contains("Fin del texto");
        }
    }

    @ParameterizedTest
    @EnumSource(PosterLayout.class)
    void whatCannotFitIsRefusedInSpanish(PosterLayout layout) {
        assertThatThrownBy(() -> poster(Paper.A4, layout, "Venga", "Una frase que se repite. ".repeat(300)))
                .isInstanceOf(InvalidTemplateException.class)
                .hasMessageContaining("no cabe en una página A4");
    }

    @ParameterizedTest
    @EnumSource(PosterLayout.class)
    void anInstitutionWithoutLogoHasPostersToo(PosterLayout layout) {
        Identity plain = new Identity(
                "Instituto",
                null,
                "#0b4f6c",
                "#f2a900",
                "Manizales",
                null,
                "comunicaciones@instituto.example",
                "Aviso.",
                null);

        RenderedContent poster = new PosterContent(Paper.A4, layout, "Venga", "Texto", null, null)
                .compile(new Setting(plain, null, Samples.withoutEvent().locale()))
                .render(Map.of());

        assertThat(((RenderedPoster) poster).bytes()).isNotEmpty();
    }

    @Test
    void theFileNameIsPortable() {
        assertThat(poster(Paper.A4, PosterLayout.DATE, "Rendición: ¡ya!", "Texto")
                        .fileName())
                .isEqualTo("afiche-a4-rendicion-ya-cartelera-piso-1.pdf");
    }

    @Test
    void aCodeDoesNotLeadToAnUnsafeAddress() {
        CompiledContent content = new PosterContent(Paper.A4, PosterLayout.DATE, "Venga", "Texto", null, "{{enlace}}")
                .compile(Samples.withoutEvent());

        assertThatThrownBy(() -> content.render(Map.of("enlace", "javascript:alert(1)")))
                .isInstanceOf(InvalidTemplateException.class);
    }
}
