package org.pregonero.channels.email;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuotedPrintableTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "corto",
                ".\r\n..\r\n.punto",
                "blanco al final \r\ny tabulador\t\r\n ",
                "a=b&c=d; \u007f \u0001",
                "Ñáñez 🎉 y una línea que es bastante más larga de lo que cabe en setenta y seis columnas de texto, con fin.",
                "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234.56789",
                "012345678901234567890123456789012345678901234567890123456789012345678901234.567890123456789",
            })
    void whatIsReadIsWhatWasWrittenInShortLinesOfAscii(String text) throws Exception {
        ByteBuilder out = new ByteBuilder(1);
        QuotedPrintable.write(text, out);
        byte[] written = out.toByteArray();

        byte[] read = MimeUtility.decode(new ByteArrayInputStream(written), "quoted-printable")
                .readAllBytes();
        String ending = text.isEmpty() || text.endsWith("\n") ? "" : "\r\n";
        assertThat(new String(read, StandardCharsets.UTF_8)).isEqualTo(text + ending);
        assertThat(new String(written, StandardCharsets.ISO_8859_1).split("\r\n", -1))
                .allSatisfy(line -> {
                    assertThat(line)
                            .hasSizeLessThanOrEqualTo(76)
                            .matches("[\t -~]*")
                            .doesNotStartWith(".");
                    assertThat(line).doesNotEndWith(" ").doesNotEndWith("\t");
                });
    }
}
