package io.swarmctl.controller.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnsTest {
    private final Turns turns = new Turns(2, 2, 2);
    private final List<String> went = new ArrayList<>();
    private final Runnable a = new Connection("a", went);
    private final Runnable b = new Connection("b", went);
    private final Runnable c = new Connection("c", went);
    private final Runnable d = new Connection("d", went);

    private record Connection(String name, List<String> went) implements Runnable {
        @Override
        public void run() {
            went.add(name);
        }
    }

    @Test
    void twoNodesAreAtItAndTheOthersFollowInTheirOrder() {
        assertThat(turns.come("a", a)).isTrue();
        assertThat(turns.come("b", b)).isTrue();
        assertThat(turns.come("c", c)).isTrue();
        assertThat(turns.come("d", d)).isTrue();
        assertThat(went).containsExactly("a", "b");

        turns.go("b", b);
        assertThat(went).containsExactly("a", "b", "c");
        turns.go("a", a);
        assertThat(went).containsExactly("a", "b", "c", "d");
    }

    @Test
    void aNodeAtItMayHaveMoreConnectionsAndGoesWithTheLast() {
        Runnable again = new Connection("a again", went);
        turns.come("a", a);
        turns.come("b", b);
        turns.come("c", c);
        assertThat(turns.come("a", again)).isTrue();
        assertThat(turns.come("a", () -> {})).isFalse();
        assertThat(went).containsExactly("a", "b", "a again");

        turns.go("a", a);
        assertThat(went).doesNotContain("c");
        turns.go("a", again);
        assertThat(went).endsWith("c");
    }

    @Test
    void tooManyAreSentAwayAndSoIsWhoWaitsTwice() {
        turns.come("a", a);
        turns.come("b", b);
        assertThat(turns.come("c", c)).isTrue();
        assertThat(turns.come("c", () -> {})).isFalse();
        assertThat(turns.come("d", d)).isTrue();
        assertThat(turns.come("e", () -> {})).isFalse();
    }

    @Test
    void whoGoesWhileItWaitsKeepsNobodyElseWaiting() {
        turns.come("a", a);
        turns.come("b", b);
        turns.come("c", c);
        turns.come("d", d);
        turns.go("c", c);
        turns.go("a", a);
        assertThat(went).containsExactly("a", "b", "d");
    }
}
