package org.pregonero.channels.email;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.internet.MimeUtility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncodedWordTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Ñáñez",
                "🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉",
                "Invitación a la audiencia pública de rendición de cuentas del año 2026 en el salón del Concejo",
                "parece =?UTF-8?Q?cifrado?= y no lo es"
            })
    void aMailProgramReadsTheSameTextFromLinesThatAreShort(String text) throws Exception {
        assertThat(EncodedWord.needed(text)).isTrue();

        String encoded = EncodedWord.of(text);

        assertThat(MimeUtility.decodeText(MimeUtility.unfold(encoded))).isEqualTo(text);
        assertThat(encoded.split("\r\n", -1))
                .allSatisfy(line -> assertThat(line).hasSizeLessThan(68));
    }
}
