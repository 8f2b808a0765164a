package io.swarmctl.controller.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {
    @Test
    void aTypingErrorIsSeenThrough() {
        assertThat(Nearest.to("mangaer", List.of("worker", "manager"))).contains("manager");
        assertThat(Nearest.to("PI-01", List.of("pi-001", "pi-100"))).contains("pi-001");
    }

    @Test
    void nothingIsGuessedFromSomethingElse() {
        assertThat(Nearest.to("database", List.of("worker", "manager"))).isEmpty();
        assertThat(Nearest.to("x", List.of("pi-001"))).isEmpty();
    }

    @Test
    void swappedLettersCountOnce() {
        assertThat(Nearest.distance("ab", "ba")).isEqualTo(1);
        assertThat(Nearest.distance("", "abc")).isEqualTo(3);
        assertThat(Nearest.distance("kitten", "sitting")).isEqualTo(3);
    }
}
