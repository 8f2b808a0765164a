package io.swarmctl.controller.cache;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {
    @Test
    void aRangeIsTheRestOrAPartOrTheEnd() {
        assertThat(ByteRange.in("bytes=10-", 100)).contains(new ByteRange(10, 100));
        assertThat(ByteRange.in("bytes=10-19", 100)).contains(new ByteRange(10, 20));
        assertThat(ByteRange.in("bytes=90-500", 100)).contains(new ByteRange(90, 100));
        assertThat(ByteRange.in("bytes=-30", 100)).contains(new ByteRange(70, 100));
        assertThat(ByteRange.in("bytes=-300", 100)).contains(new ByteRange(0, 100));
        assertThat(new ByteRange(10, 20).length()).isEqualTo(10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=100-", "bytes=200-300", "bytes=5-4", "bytes=-0", "bytes=-"})
    void whatTheFileDoesNotHaveIsNone(String header) {
        assertThat(ByteRange.in(header, 100)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=0-1,5-6", "lines=1-2", "bytes=a-b", "", "bytes=9999999999999999999-"})
    void severalPartsAndOtherUnitsAreAsIfNotAsked(String header) {
        assertThat(ByteRange.isOne(header)).isFalse();
    }

    @Test
    void anAnswerIsTheRestFromThereOrNothing() {
        assertThat(ByteRange.wholeOf("bytes 10-99/100", 10)).contains(100L);
        assertThat(ByteRange.wholeOf("bytes 10-98/100", 10)).isEmpty();
        assertThat(ByteRange.wholeOf("bytes 11-99/100", 10)).isEmpty();
        assertThat(ByteRange.wholeOf("bytes 10-99/*", 10)).isEmpty();
        assertThat(ByteRange.wholeOf("", 10)).isEmpty();
    }
}
