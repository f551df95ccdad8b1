package org.pregonero.dispatcher.tabular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.pregonero.dispatcher.tabular.web.TabularWebFixture;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whatever somebody uploads, the answer says what it is and what to do, and the server goes on. */
class HostileFilesTest {

    @RestController
    static class AnyImport {
        @PostMapping("/imports")
        String take(@RequestPart("file") MultipartFile file) throws IOException {
            Table table = new TableReader()
                    .read(new UploadedFile(String.valueOf(file.getOriginalFilename()), file.getBytes()));
            return String.valueOf(table.rows().size());
        }
    }

    static Stream<Arguments> files() {
        byte[] good = Upload.workbook(new String[][] {{"Nombre", "Correo"}, {"Ana", "ana@x.co"}});
        return Stream.of(
                Arguments.of("empty", new byte[0], 422, "vacío"),
                Arguments.of("only blanks", " \n \n".getBytes(StandardCharsets.UTF_8), 422, "vacío"),
                Arguments.of("40 MB", filled(40 * 1024 * 1024), 413, "40 MB y se aceptan hasta 20 MB"),
                Arguments.of("random bytes", random(), 415, "no es un texto ni un libro de Excel"),
                Arguments.of("PDF", bytes("%PDF-1.7 ..."), 415, "parece PDF"),
                Arguments.of("PNG", bytes("\u0089PNG\r\n"), 415, "parece imagen"),
                Arguments.of(
                        "address book",
                        bytes("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ana\r\nEND:VCARD"),
                        415,
                        "expórtela como CSV"),
                Arguments.of("HTML named xls", bytes("<html><table><tr><td>Nombre"), 415, "página web"),
                Arguments.of("old XLS", ole("W\0o\0r\0k\0b\0o\0o\0k\0"), 415, "Guárdelo|guárdelo como .xlsx o .csv"),
                Arguments.of(
                        "with password", ole("E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"), 415, "contraseña"),
                Arguments.of("plain ZIP", zip("lista.csv", bytes("a;b")), 415, "comprimido (ZIP)"),
                Arguments.of("Word", zip("word/document.xml", bytes("<w/>")), 415, "Word"),
                Arguments.of(
                        "LibreOffice", zip("mimetype", bytes("x"), "content.xml", bytes("<o/>")), 415, "LibreOffice"),
                Arguments.of("cut workbook", Arrays.copyOf(good, good.length / 2), 415, "dañado"),
                Arguments.of("bomb", zipBomb(good), 413, "al descomprimirse"),
                Arguments.of(
                        "document type",
                        Upload.changed(good, sheet -> sheet.replace("<worksheet", DTD + "<worksheet")),
                        415,
                        "DTD"),
                Arguments.of(
                        "cell outside",
                        Upload.changed(good, sheet -> sheet.replace("r=\"A2\"", "r=\"ZZZZZZ2\"")),
                        415,
                        "dañado"),
                Arguments.of("bad markup", Upload.changed(good, sheet -> sheet.replace("</row>", "")), 415, "dañado"),
                Arguments.of("too many columns", bytes("a;".repeat(500) + "b\n"), 413, "más de 200 columnas"),
                Arguments.of("too many rows", bytes("a;b\n".repeat(200_100)), 413, "más de 200000 filas"),
                Arguments.of(
                        "quotes never closed", bytes("Nombre;Correo\nAna;\"" + "x".repeat(40_000)), 422, "comillas"));
    }

    private static final String DTD = "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>";

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void isRefusedWithASentenceThatHelps(String what, byte[] content, int status, String says) throws Exception {
        MockHttpServletResponse response = TabularWebFixture.mvc(new AnyImport())
                .perform(multipart("/imports").file(Upload.of("lista.xlsx", content)))
                .andReturn()
                .getResponse();

        String body = new String(response.getContentAsByteArray(), StandardCharsets.UTF_8);
        assertThat(response.getStatus()).as(body).isEqualTo(status);
        assertThat(response.getContentType()).isEqualTo("application/problem+json");
        JsonNode problem = JsonMapper.builder().build().readTree(body);
        assertThat(problem.get("detail").asString())
                .containsPattern(says.replace("(", "\\(").replace(")", "\\)"));
        assertThat(problem.get("status").asInt()).isEqualTo(status);
    }

    @Test
    void somebodyWhoReadsEnglishIsAnsweredInEnglish() throws Exception {
        MockHttpServletResponse response = TabularWebFixture.mvc(new AnyImport())
                .perform(multipart("/imports")
                        .file(Upload.of("lista.csv", new byte[0]))
                        .header("Accept-Language", "en-US,en;q=0.9"))
                .andReturn()
                .getResponse();

        assertThat(response.getContentAsString()).contains("The file is empty");
    }

    private static byte[] bytes(String latin1) {
        return latin1.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] filled(int size) {
        byte[] content = new byte[size];
        Arrays.fill(content, (byte) 'a');
        return content;
    }

    private static byte[] random() {
        byte[] content = new byte[50_000];
        new Random(1).nextBytes(content);
        return content;
    }

    private static byte[] ole(String stream) {
        return bytes("\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1" + "\0".repeat(504) + stream + "\0".repeat(64));
    }

    private static byte[] zip(Object... namesAndContents) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (int i = 0; i < namesAndContents.length; i += 2) {
                zip.putNextEntry(new ZipEntry((String) namesAndContents[i]));
                zip.write((byte[]) namesAndContents[i + 1]);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toByteArray();
    }

    private static byte[] zipBomb(byte[] workbook) {
        return Upload.changed(
                workbook, sheet -> sheet.replace("<sheetData>", "<sheetData>" + " ".repeat(120 * 1024 * 1024)));
    }
}
