package io.swarmctl.controller.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmctl.common.wire.Membership;
import io.swarmctl.controller.simulate.SimulatedSwarm.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulationDirectoryTest {
    @TempDir
    Path path;

    @Test
    void withoutANameItIsGoneAtTheEnd() throws IOException {
        SimulationDirectory directory = SimulationDirectory.open(null);
        directory.belongTo(1, List.of(Model.PI_3B), "ca");
        Path place = directory.card(1).directory().getParent();
        directory.card(1).flash("localhost:8444", directory.ca());
        assertThat(place).isDirectory();

        directory.close();

        assertThat(place).doesNotExist();
    }

    @Test
    void oneSimulationAtATimeUsesIt() throws IOException {
        try (SimulationDirectory first = SimulationDirectory.open(path)) {
            assertThatThrownBy(() -> SimulationDirectory.open(path))
                    .isInstanceOf(IOException.class)
                    .hasMessage("another simulation uses " + path + "; end it, or give another --state");
            assertThat(first.isTemporary()).isFalse();
        }
        SimulationDirectory.open(path).close();
    }

    @Test
    void itGoesOnWithItsOwnRackAndItsOwnFleetOnly() throws IOException {
        try (SimulationDirectory directory = SimulationDirectory.open(path)) {
            directory.belongTo(1, List.of(Model.PI_3B, Model.PI_4B), "ca");
            directory.belongTo(1, List.of(Model.PI_3B, Model.PI_4B), "ca");

            assertThatThrownBy(() -> directory.belongTo(2, List.of(Model.PI_3B), "ca"))
                    .hasMessage("the nodes in " + path
                            + " were made with --seed 1 --models 3B,4B; give the same, or another --state");
            assertThatThrownBy(() -> directory.belongTo(1, List.of(Model.PI_3B, Model.PI_4B), "other"))
                    .hasMessage("the nodes in " + path + " belong to another fleet; give another --state");
        }
    }

    @Test
    void swarmsComeBackAsTheyWereAndNobodyInThemIsUp() throws Exception {
        try (SimulationDirectory directory = SimulationDirectory.open(path)) {
            SimulatedSwarm swarms = directory.swarms();
            Place founder = swarms.found("fleet", 1, "pi-001", "10.20.0.1");
            String token = swarms.tokens(founder).orElseThrow().of(Membership.WORKER);
            Place worker = swarms.join(token, "pi-002", "10.20.0.2");
            directory.keep(swarms);

            SimulatedSwarm again = directory.swarms();

            assertThat(again.knows(founder)).isTrue();
            assertThat(again.knows(worker)).isTrue();
            assertThat(again.tokens(founder)).isEmpty();
            again.reachable(founder, true);
            assertThat(again.tokens(founder)).isEqualTo(swarms.tokens(founder));
            assertThat(again.kept()).isEqualTo(swarms.kept());
        }
    }

    @Test
    void whatIsDamagedIsNamed() throws IOException {
        Files.writeString(path.resolve("swarms.json"), "{");
        try (SimulationDirectory directory = SimulationDirectory.open(path)) {
            assertThatThrownBy(directory::swarms)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("swarms.json is damaged");
        }
    }
}
