package io.swarmctl.controller.cli;

import static io.swarmctl.controller.fleet.ExampleNodes.NOW;
import static io.swarmctl.controller.fleet.ExampleNodes.arrived;
import static org.assertj.core.api.Assertions.assertThat;

import io.swarmctl.controller.fleet.FleetEvent;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TimelineTest {
    @RegisterExtension
    final Desk desk = new Desk();

    @Test
    void whatHappenedIsToldWithTheNewestLast() throws IOException {
        happens(NOW.minusSeconds(7200), "controller", null, "the swarm is dissolved: its last node has left");
        happens(NOW.minusSeconds(5), "ada", arrived(1).id(), "pi-001 is to be manager");

        assertThat(desk.typist().types("timeline").out()).isEqualTo("""
                WHEN      WHO          NODE     WHAT
                2 h ago   controller   -        the swarm is dissolved: its last node has left
                5 s ago   ada          pi-001   pi-001 is to be manager
                """);
        assertThat(desk.typist().types("timeline", "--since", "1h").out().lines())
                .hasSize(2);
        assertThat(desk.typist().types("timeline", "--node", "pi-001").out().lines())
                .hasSize(2)
                .last()
                .asString()
                .contains("pi-001 is to be manager");
        assertThat(desk.typist().types("timeline", "-o", "csv", "-n", "1").out().lines())
                .containsExactly(
                        "when,time,who,node,what", "5," + NOW.minusSeconds(5) + ",ada,pi-001,pi-001 is to be manager");
    }

    @Test
    void watchingGoesOnWithWhatIsNew() throws IOException {
        happens(NOW.minusSeconds(9), "ada", null, "first");
        desk.typist().pausing(new Surroundings.Pause() {
            private int times;

            @Override
            public void pass(Duration time) throws InterruptedException {
                if (++times == 3) {
                    throw new InterruptedException();
                }
                say("news " + times);
            }
        });

        String out = desk.typist().types("timeline", "--watch").out();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(out.lines().skip(2).map(line -> line.replaceAll(".* {3}", "")))
                .containsExactly("news 1", "news 2");
    }

    private void say(String text) {
        try {
            happens(NOW, "ada", null, text);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void happens(Instant at, String actor, @Nullable String node, String text) throws IOException {
        desk.fleet().save(desk.fleet().fleet(), desk.fleet().fleet(), List.of(new FleetEvent(at, actor, node, text)));
    }
}
