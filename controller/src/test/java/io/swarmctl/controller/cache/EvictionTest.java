package io.swarmctl.controller.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmctl.controller.cache.Eviction.Candidate;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvictionTest {
    private static final List<Candidate> ALL =
            List.of(new Candidate("new", 40, 30), new Candidate("old", 10, 10), new Candidate("middle", 30, 20));

    @Test
    void theLeastRecentlyUsedGoFirstAndNoMoreThanHaveTo() {
        assertThat(Eviction.choose(ALL, 80)).isEmpty();
        assertThat(Eviction.choose(ALL, 79)).containsExactly("old");
        assertThat(Eviction.choose(ALL, 69)).containsExactly("old", "middle");
        assertThat(Eviction.choose(ALL, -1)).containsExactly("old", "middle", "new");
    }

    @Test
    void theDiskBoundsTheLimitToo() {
        assertThat(Eviction.limit(1_000, 100, 5_000, 300)).isEqualTo(1_000);
        assertThat(Eviction.limit(1_000, 100, 500, 300)).isEqualTo(300);
        assertThat(Eviction.limit(1_000, 100, 100, 300)).isZero();
    }
}
