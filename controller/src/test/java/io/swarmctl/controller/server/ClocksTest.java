package io.swarmctl.controller.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.swarmctl.common.wire.Finding;
import io.swarmctl.common.wire.NodeState;
import io.swarmctl.common.wire.Report;
import io.swarmctl.controller.fleet.Policy;
import io.swarmctl.controller.fleet.Transition;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Boards whose clocks are years off become nodes like all others. */
class ClocksTest {
    private static final Duration SOON = Duration.ofSeconds(40);
    private static final String SERIAL = "serial-1";

    private TestFleet fleet;

    @BeforeEach
    void start(@TempDir Path directory) throws Exception {
        fleet = new TestFleet(directory);
        fleet.change(current -> Transition.silent(current.with(current.policy().withAuto(new Policy.Auto(1, 1)))));
    }

    @AfterEach
    void stop() throws Exception {
        fleet.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1970-01-01T00:00:30Z", "2045-06-01T00:00:00Z"})
    void anAgentWithAClockYearsOffEnrolsSetsItAndConverges(String date) throws Exception {
        WrongClock clock = new WrongClock(Instant.parse(date), true);
        fleet.boot(SERIAL, SERIAL, fleet.enrolmentKey(1), clock, clock);

        await().atMost(SOON).until(() -> isReady());
        assertThat(clock.instant()).isCloseTo(Instant.now(), within(10, ChronoUnit.SECONDS));
        assertThat(report().findings()).isEmpty();
        assertThat(report().facts().clock().secondsAhead()).isBetween(-5L, 5L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1970-01-01T00:00:30Z", "2045-06-01T00:00:00Z"})
    void whereTheClockCannotBeSetTheAgentConvergesAndSaysSo(String date) throws Exception {
        WrongClock clock = new WrongClock(Instant.parse(date), false);
        fleet.boot(SERIAL, SERIAL, fleet.enrolmentKey(1), clock, clock);

        await().atMost(SOON).until(() -> isReady());
        assertThat(report().findings())
                .extracting(Finding::problem)
                .singleElement()
                .asString()
                .contains("the clock is ", " days ", "could not be set", "Operation not permitted");
        assertThat(report().outcomes())
                .allSatisfy(outcome -> assertThat(Instant.ofEpochMilli(outcome.startedAt()))
                        .isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES)));
    }

    @Test
    void anEnrolledNodeThatBootsWithAWrongClockAsksForTheTime() throws Exception {
        fleet.boot(SERIAL, fleet.enrolmentKey(1));
        await().atMost(SOON).until(() -> isReady());
        fleet.halt(SERIAL);
        await().atMost(SOON).until(() -> fleet.fleet().connected().isEmpty());
        WrongClock clock = new WrongClock(Instant.parse("2045-06-01T00:00:00Z"), true);

        fleet.boot(SERIAL, SERIAL, "", clock, clock);

        await().atMost(SOON).until(() -> fleet.fleet().connected().contains(SERIAL));
        assertThat(clock.instant()).isCloseTo(Instant.now(), within(10, ChronoUnit.SECONDS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1970-01-01T00:00:30Z", "2045-06-01T00:00:00Z"})
    void aControllerThatStartedWithAWrongClockIsKnownAgainWhenItKnowsTheTime(String date) throws Exception {
        fleet.stopController();
        WrongClock clock = new WrongClock(Instant.parse(date), true);
        fleet.startController(clock);
        clock.set(Instant.now());
        fleet.boot(SERIAL, fleet.enrolmentKey(1));

        await().atMost(SOON).until(() -> isReady());
    }

    private boolean isReady() {
        return fleet.fleet()
                .node(SERIAL)
                .map(node -> node.report())
                .filter(report -> report.state() == NodeState.READY
                        && !report.facts().swarm().clusterId().isEmpty())
                .isPresent();
    }

    private Report report() {
        return fleet.node(SERIAL).report();
    }
}
