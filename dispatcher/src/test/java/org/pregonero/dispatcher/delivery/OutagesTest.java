package org.pregonero.dispatcher.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutagesTest {

    @Test
    void nothingThatAStepThrowsEndsTheRepeating() {
        var outages = new Outages("Prueba");
        var runs = new ArrayList<String>();

        for (var trouble : List.of(new IllegalStateException("a"), new NoClassDefFoundError("b"))) {
            assertThat(outages.<String>watch(() -> {
                        runs.add(trouble.getClass().getSimpleName());
                        return raise(trouble);
                    }))
                    .isNull();
        }

        assertThat(runs).containsExactly("IllegalStateException", "NoClassDefFoundError");
        assertThat(outages.<String>watch(() -> "c")).isEqualTo("c");
    }

    private static String raise(Throwable trouble) {
        if (trouble instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) trouble;
    }
}
