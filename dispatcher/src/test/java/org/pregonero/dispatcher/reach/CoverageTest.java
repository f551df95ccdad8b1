package org.pregonero.dispatcher.reach;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class CoverageTest {

    @Test
    void whatIsUnknownMakesARange() {
        var coverage = new Coverage(null, "", "", 860L, 802, 702, 0, 702, 659, 611, 48, 120, 30, 43);

        assertThat(coverage.ofTarget()).isEqualTo(new Coverage.Range(new BigDecimal("71.0"), new BigDecimal("76.6")));
        assertThat(coverage.ofContactable())
                .isEqualTo(new Coverage.Range(new BigDecimal("87.0"), new BigDecimal("93.9")));
    }

    @Test
    void ofNothingThereIsNoShare() {
        var coverage = new Coverage(null, "", "", null, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

        assertThat(coverage.ofTarget()).isNull();
        assertThat(coverage.ofContactable()).isNull();
    }
}
