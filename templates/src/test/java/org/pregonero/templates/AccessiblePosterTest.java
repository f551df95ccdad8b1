package org.pregonero.templates;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;

/** Posters are files that people with a screen reader open: PDF/UA-1 (ISO 14289-1), in the judgement of veraPDF. */
class AccessiblePosterTest {

    @BeforeAll
    static void chooseTheParser() {
        VeraGreenfieldFoundryProvider.initialise();
    }

    @ParameterizedTest
    @EnumSource(PosterLayout.class)
    void aPosterWithAnEventAndACodeIsPdfUa(PosterLayout layout) throws Exception {
        assertAccessible(piece(Paper.A4, layout).render(Map.of("lugar", "Cartelera piso 1")));
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"WALLPAPER", "SQUARE_POST", "STORY"})
    void aPieceOfAnySizeIsPdfUaWithItsMarks(Paper paper) throws Exception {
        assertAccessible(piece(paper, PosterLayout.HEADLINE).render(Map.of("lugar", "Cartelera piso 1")));
    }

    @Test
    void personalInvitationsArePdfUa() throws Exception {
        assertAccessible(piece(Paper.INVITATION, PosterLayout.HEADLINE)
                .merged("Invitaciones", List.of(Map.of("nombre", "Ana"), Map.of("nombre", "Berta"))));
    }

    private static MailMerge piece(Paper paper, PosterLayout layout) {
        return (MailMerge) new PosterContent(
                        paper,
                        layout,
                        "Rendición de cuentas",
                        "Cuéntenos **qué** opina:\n\n- de las obras\n- de [las cifras](https://e.example/cifras)",
                        "Confirme su asistencia",
                        "https://e.example/a")
                .compile(Samples.withEvent());
    }

    private static void assertAccessible(RenderedContent rendered) throws Exception {
        var poster = (RenderedPoster) rendered;
        try (var pdf = Foundries.defaultInstance()
                        .createParser(new ByteArrayInputStream(poster.bytes()), PDFAFlavour.PDFUA_1);
                var validator = Foundries.defaultInstance().createValidator(PDFAFlavour.PDFUA_1, false)) {
            var judged = validator.validate(pdf);

            assertThat(judged.getTestAssertions())
                    .filteredOn(check -> check.getStatus() == TestAssertion.Status.FAILED)
                    .extracting(check -> check.getRuleId().getClause() + ": " + check.getMessage())
                    .isEmpty();
            assertThat(judged.getTotalAssertions()).isPositive();
            assertThat(judged.isCompliant()).isTrue();
        }
    }
}
