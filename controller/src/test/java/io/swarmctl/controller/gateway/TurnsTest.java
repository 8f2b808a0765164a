package io.swarmctl.controller.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnsTest {
    private final Turns turns = new Turns(2, 2, 2);
    private final List<String> went = new ArrayList<>();
    private final Connection a = new Connection("a");
    private final Connection b = new Connection("b");
    private final Connection c = new Connection("c");
    private final Connection d = new Connection("d");

    private final class Connection implements Turns.Comer {
        private final String name;
        private final List<Integer> ahead = new ArrayList<>();
        private boolean gaveWay;

        Connection(String name) {
            this.name = name;
        }

        @Override
        public void go() {
            went.add(name);
        }

        @Override
        public void waitBehind(int nodes) {
            ahead.add(nodes);
        }

        @Override
        public void giveWay() {
            gaveWay = true;
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
        Connection again = new Connection("a again");
        turns.come("a", a);
        turns.come("b", b);
        turns.come("c", c);
        assertThat(turns.come("a", again)).isTrue();
        assertThat(turns.come("a", new Connection("a thrice"))).isFalse();
        assertThat(went).containsExactly("a", "b", "a again");

        turns.go("a", a);
        assertThat(went).doesNotContain("c");
        turns.go("a", again);
        assertThat(went).endsWith("c");
    }

    @Test
    void tooManyAreSentAway() {
        turns.come("a", a);
        turns.come("b", b);
        assertThat(turns.come("c", c)).isTrue();
        assertThat(turns.come("d", d)).isTrue();
        assertThat(turns.come("e", new Connection("e"))).isFalse();
        assertThat(turns.atIt()).isEqualTo(2);
        assertThat(turns.waiting()).isEqualTo(2);
    }

    @Test
    void whoComesAgainKeepsItsPlaceWithTheNewConnection() {
        Connection again = new Connection("c again");
        turns.come("a", a);
        turns.come("b", b);
        turns.come("c", c);
        turns.come("d", d);
        assertThat(turns.come("c", again)).isTrue();
        assertThat(c.gaveWay).isTrue();
        assertThat(again.ahead).containsExactly(0);

        turns.go("a", a);
        assertThat(went).containsExactly("a", "b", "c again");
        turns.go("c", c);
        assertThat(went).as("the old connection takes nothing with it").doesNotContain("d");
        turns.go("c", again);
        assertThat(went).endsWith("d");
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

    @Test
    void whoWaitsIsToldBehindHowMany() {
        turns.come("a", a);
        turns.come("b", b);
        turns.come("c", c);
        turns.come("d", d);
        turns.go("a", a);
        turns.tellHowLong();
        assertThat(c.ahead).containsExactly(0);
        assertThat(d.ahead).containsExactly(1, 0);
    }

    @Test
    void whoGoesTwiceGivesBackOneTurn() {
        turns.come("a", a);
        turns.come("b", b);
        turns.come("c", c);
        turns.come("d", d);
        turns.go("a", a);
        turns.go("a", a);
        assertThat(went).containsExactly("a", "b", "c");
        assertThat(turns.isAtIt("a")).isFalse();
    }
}
