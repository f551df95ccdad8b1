package org.pregonero.templates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Every kind of piece: its size, its code, and that no text leaves it. */
class PiecesTest {

    private static final float POINT = 72 / 25.4f;
    private static final String LINK = "https://www.instituto.example/audiencia";
    private static final String LONG_HEADLINE = "Audiencia pública participativa de rendición de cuentas sobre las"
            + " responsabilidades institucionales del año dos mil 2026";
    private static final String LONG_BODY =
            "Presentaremos los resultados del plan de acción y del presupuesto. ".repeat(13)
                    + "Aquí termina el texto de 900.";

    private static PosterContent piece(Paper paper, PosterLayout layout, String headline, String body) {
        return new PosterContent(paper, layout, headline, body, "Confirme su asistencia", LINK);
    }

    private static RenderedPoster at(String place, Paper paper) {
        return (RenderedPoster) piece(paper, PosterLayout.HEADLINE, "Rendimos cuentas", "Lo esperamos.")
                .compile(Samples.withEvent())
                .render(Map.of("lugar", place, "enlace_seguimiento", tracking(place)));
    }

    private static String tracking(String place) {
        return "https://difusion.instituto.example/i/7f1c1f66-9a0e-4d53-8c8f-2f1f3c9b7a1" + place.length() + "/";
    }

    @ParameterizedTest
    @EnumSource(Paper.class)
    void theCodeLeadsToTheTrackedAddressOfItsPlace(Paper paper) throws Exception {
        for (String place : List.of("Parque", "Terminal")) {
            BufferedImage page = raster(at(place, paper));
            int width = paper == Paper.FLYER ? page.getWidth() / 2 : page.getWidth();
            for (int x = 0; x + width <= page.getWidth(); x += width) {
                assertThat(code(page.getSubimage(x, 0, width, page.getHeight())))
                        .isEqualTo(tracking(place) + "0");
            }
        }
    }

    private static BufferedImage raster(RenderedPoster piece) throws IOException {
        if (piece.mediaType().equals("image/png")) {
            return ImageIO.read(new ByteArrayInputStream(piece.bytes()));
        }
        try (PDDocument pdf = Loader.loadPDF(piece.bytes())) {
            PDRectangle page = pdf.getPage(0).getMediaBox();
            return new PDFRenderer(pdf).renderImage(0, 1800 / Math.max(page.getWidth(), page.getHeight()));
        }
    }

    private static String code(BufferedImage page) throws Exception {
        int[] pixels = page.getRGB(0, 0, page.getWidth(), page.getHeight(), null, 0, page.getWidth());
        BinaryBitmap bitmap = new BinaryBitmap(
                new HybridBinarizer(new RGBLuminanceSource(page.getWidth(), page.getHeight(), pixels)));
        return new QRCodeReader()
                .decode(bitmap, Map.of(DecodeHintType.TRY_HARDER, true))
                .getText();
    }

    @ParameterizedTest
    @CsvSource({"WALLPAPER,1920,1080", "SQUARE_POST,1080,1080", "STORY,1080,1920"})
    void aPictureHasItsPixelsAndItsName(Paper paper, int width, int height) throws Exception {
        RenderedPoster picture = at("Página web", paper);

        assertThat(picture.mediaType()).isEqualTo("image/png");
        assertThat(picture.fileName()).endsWith("-" + width + "x" + height + "-rendimos-cuentas-pagina-web.png");
        BufferedImage image = raster(picture);
        assertThat(image.getWidth()).isEqualTo(width);
        assertThat(image.getHeight()).isEqualTo(height);
    }

    @Test
    void aFlyersSheetIsALetterWithTwoOfThem() throws Exception {
        RenderedPoster flyer = at("Plaza", Paper.FLYER);

        try (PDDocument pdf = Loader.loadPDF(flyer.bytes())) {
            assertThat(pdf.getNumberOfPages()).isEqualTo(1);
            assertSize(pdf.getPage(0).getMediaBox(), 279.4f, 215.9f, 1);
        }
    }

    @Test
    void anInvitationIsA6() throws Exception {
        try (PDDocument pdf = Loader.loadPDF(at("Recepción", Paper.INVITATION).bytes())) {
            assertSize(pdf.getPage(0).getMediaBox(), 105, 148, 1);
        }
    }

    @ParameterizedTest
    @CsvSource({"VERTICAL_BANNER,800,2000,20,1", "STREET_BANNER,6000,1000,30,10"})
    void aBannerHasItsSizeBleedAndMarks(Paper paper, float width, float height, float bleed, int scale)
            throws Exception {
        try (PDDocument pdf = Loader.loadPDF(at("Parque", paper).bytes())) {
            PDPage page = pdf.getPage(0);
            assertThat(page.getUserUnit()).isEqualTo(scale);
            assertThat(Math.max(
                            page.getMediaBox().getWidth(), page.getMediaBox().getHeight()))
                    .as("what PDF allows")
                    .isLessThanOrEqualTo(14400);
            assertSize(page.getTrimBox(), width, height, scale);
            assertSize(page.getBleedBox(), width + 2 * bleed, height + 2 * bleed, scale);
            assertThat(page.getTrimBox().getLowerLeftX() - page.getBleedBox().getLowerLeftX())
                    .isCloseTo(bleed / scale * POINT, within(0.1f));

            BufferedImage image = new PDFRenderer(pdf)
                    .renderImage(0, 1800 / page.getMediaBox().getHeight());
            float pixels = 1800 / page.getMediaBox().getHeight();
            int mark = Math.round(page.getTrimBox().getLowerLeftX() * pixels);
            assertThat(IntStream.rangeClosed(mark - 2, mark + 2)
                            .map(x -> image.getRGB(x, image.getHeight() - 5) & 0xff))
                    .as("crop mark")
                    .anyMatch(grey -> grey < 230);
            assertThat(new PDFTextStripper().getText(pdf)).contains("sangrado " + Math.round(bleed / 10) + " cm");
        }
    }

    private static void assertSize(PDRectangle box, float width, float height, int scale) {
        assertThat(box.getWidth() * scale / POINT).isCloseTo(width, within(0.1f));
        assertThat(box.getHeight() * scale / POINT).isCloseTo(height, within(0.1f));
    }

    @ParameterizedTest
    @EnumSource(Paper.class)
    void noTextLeavesThePiece(Paper paper) throws Exception {
        for (PosterLayout layout : Set.of(Paper.A4, Paper.LETTER, Paper.FLYER).contains(paper)
                ? PosterLayout.values()
                : new PosterLayout[] {PosterLayout.HEADLINE}) {
            for (String headline : List.of(LONG_HEADLINE, "Ya")) {
                String body = headline.equals("Ya") ? "Venga." : LONG_BODY;
                RenderedPoster piece = (RenderedPoster) piece(paper, layout, headline, body)
                        .compile(Samples.withEvent())
                        .render(Map.of());
                if (!paper.picture()) {
                    assertInside(
                            piece, headline, paper == Paper.STREET_BANNER ? "" : body.substring(body.length() - 6));
                }
            }
        }
    }

    private static void assertInside(RenderedPoster piece, String headline, String end) throws IOException {
        try (PDDocument pdf = Loader.loadPDF(piece.bytes())) {
            assertThat(pdf.getNumberOfPages()).isEqualTo(1);
            PDRectangle page = pdf.getPage(0).getMediaBox();
            List<TextPosition> outside = new ArrayList<>();
            PDFTextStripper stripper = new PDFTextStripper() {
                @Override
                protected void writeString(String text, List<TextPosition> positions) throws IOException {
                    positions.stream()
                            .filter(at -> at.getX() < 0
                                    || at.getX() + at.getWidth() > page.getWidth()
                                    || at.getY() - at.getHeight() < 0
                                    || at.getY() > page.getHeight())
                            .forEach(outside::add);
                    super.writeString(text, positions);
                }
            };
            assertThat(stripper.getText(pdf).replaceAll("\\s+", " ")).contains(headline, end);
            assertThat(outside).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Paper.class,
            names = {"FLYER", "INVITATION", "STREET_BANNER"},
            mode = Mode.INCLUDE)
    void typefacesAreEmbeddedAndTheDocumentIsTagged(Paper paper) throws Exception {
        try (PDDocument pdf = Loader.loadPDF(at("Parque", paper).bytes())) {
            assertThat(pdf.getDocumentCatalog().getMarkInfo().isMarked()).isTrue();
            assertThat(pdf.getDocumentCatalog().getLanguage()).isEqualTo("es-CO");
            assertThat(pdf.getDocumentInformation().getTitle()).isEqualTo("Rendimos cuentas");
            for (COSName name : pdf.getPage(0).getResources().getFontNames()) {
                assertThat(pdf.getPage(0).getResources().getFont(name).isEmbedded())
                        .isTrue();
            }
        }
    }

    @Test
    void theSamePieceIsTheSameFileWheneverItIsMade() {
        assertThat(at("Parque", Paper.STREET_BANNER).bytes())
                .isEqualTo(at("Parque", Paper.STREET_BANNER).bytes());
    }

    @Test
    void invitationsAreOneDocumentWithAPageForEachPerson() throws Exception {
        MailMerge merge = invitation(Paper.INVITATION);
        List<Map<String, String>> people = List.of(
                Map.of("nombre", "Ana Ñáñez", "entidad", "Asociación"),
                Map.of("nombre", "Berta", "entidad", "Asociación de Juntas de Acción Comunal ".repeat(4)),
                Map.of("nombre", "Carlos", "entidad", "Gremio"));

        RenderedPoster document = merge.merged("Invitación a la audiencia", people);

        assertThat(document.fileName()).isEqualTo("invitaciones-invitacion-a-la-audiencia.pdf");
        try (PDDocument pdf = Loader.loadPDF(document.bytes())) {
            assertThat(pdf.getNumberOfPages()).isEqualTo(3);
            assertThat(pdf.getDocumentInformation().getTitle()).isEqualTo("Invitación a la audiencia");
            for (int page = 1; page <= 3; page++) {
                PDFTextStripper stripper = new PDFTextStripper();
                stripper.setStartPage(page);
                stripper.setEndPage(page);
                String text = stripper.getText(pdf);
                for (Map<String, String> person : people) {
                    assertThat(text.contains(person.get("nombre"))).isEqualTo(people.indexOf(person) == page - 1);
                }
                assertThat(code(new PDFRenderer(pdf).renderImage(page - 1, 3))).isEqualTo(LINK);
            }
        }
    }

    @Test
    void nobodysInvitationHasAHole() {
        assertThatThrownBy(() -> invitation(Paper.A4).merged("Invitación", List.of(Map.of("nombre", "Ana"))))
                .isInstanceOf(MissingValueException.class);
    }

    @ParameterizedTest
    @EnumSource(
            value = Paper.class,
            names = {"FLYER", "VERTICAL_BANNER", "STORY"})
    void whatIsNotASheetPerPersonIsRefused(Paper paper) {
        assertThatThrownBy(() ->
                        invitation(paper).merged("Invitación", List.of(Map.of("nombre", "Ana", "entidad", "Gremio"))))
                .isInstanceOf(InvalidTemplateException.class)
                .hasMessageContaining("no se hacen piezas personales");
    }

    private static MailMerge invitation(Paper paper) {
        return (MailMerge) piece(paper, PosterLayout.TICKET, "{{nombre}}", "Le invitamos a usted y a {{entidad}}.")
                .compile(Samples.withEvent());
    }

    @Test
    void textOnPaperIsNeverInAColourThatCannotBeRead() {
        Colour yellow = new Colour(0xffd200);
        Colour green = new Colour(0x009b4e);

        assertThat(Colour.onPaper(new Colour(0x0b4f6c), yellow)).isEqualTo(new Colour(0x0b4f6c));
        assertThat(Colour.onPaper(yellow, green).contrast(Colour.WHITE)).isGreaterThanOrEqualTo(4.5);
        assertThat(Colour.onPaper(yellow, new Colour(0xffffcc))).isEqualTo(Colour.INK);
    }
}
