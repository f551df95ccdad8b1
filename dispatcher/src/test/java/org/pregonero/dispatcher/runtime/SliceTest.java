package org.pregonero.dispatcher.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SliceTest {

    @ParameterizedTest
    @CsvSource({"0, 0,", "9, 9,", "10, 10,", "11, 10, 10", "25, 10, 10"})
    void anotherPageIsOfferedOnlyWhereThereIsSomethingOnIt(long all, int shown, Long next) {
        var slice = Slice.of(10, size -> ids(all, size), Long::longValue);

        assertThat(slice.rows()).hasSize(shown);
        assertThat(slice.next()).isEqualTo(next);
    }

    private static List<Long> ids(long all, int atMost) {
        return LongStream.rangeClosed(1, all).limit(atMost).boxed().toList();
    }
}
