package org.pregonero.channels;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What of a stranger's words may stand in the log. */
class ProviderWordsTest {

    @Test
    void addressesNumbersAndNamedSecretsAreHidden() {
        assertThat(ProviderWords.redacted(
                        "550 5.1.1 <maria@example.org>:\r\n +57 300 123 4567 of Ñáñez unknown", "ñáñez", null))
                .isEqualTo("550 5.1.1 …: … of … unknown");
    }

    /** Its patterns would try each of its characters as an address's first, and read on to the end from each. */
    @Test
    void wordsMadeToBeSlowAreReadNoFurtherThanNeeded() {
        assertThat(ProviderWords.redacted("550 " + "x".repeat(64 * 1024))).isEqualTo("550…");
    }

    @Test
    void noHalfAddressIsLeftWhereTheWordsAreCut() {
        assertThat(ProviderWords.redacted("550 " + "a@b.example ".repeat(166) + "maria.nanez@example.org"))
                .startsWith("550 … …")
                .doesNotContain("maria");
    }
}
