package io.swarmctl.controller.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmctl.agent.machine.MachineException;
import io.swarmctl.common.wire.Action;
import io.swarmctl.common.wire.DockerSource;
import io.swarmctl.common.wire.MemoryCgroup;
import io.swarmctl.controller.simulate.SimulatedMachine.Board;
import io.swarmctl.controller.simulate.Slot.Temper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PiWorkTest {
    private static final double AT_ONCE = 1_000_000;
    private static final Action INSTALL = new Action.InstallDocker(DockerSource.DEBIAN, "");

    private final List<String> printed = new ArrayList<>();

    private static PiWork work(double failing) {
        Board board = new Board("sim1-0001", Model.PI_3B.fullName(), "10.20.0.1");
        return new PiWork(
                new Slot(1, Model.PI_3B, board, new Temper(1, 1, failing), Duration.ZERO, 0, MemoryCgroup.AVAILABLE),
                AT_ONCE);
    }

    @Test
    void anInstallationPrintsHowFarItIs() throws Exception {
        work(0).spend(INSTALL, printed::add);

        assertThat(printed).first().isEqualTo("  0 % Retrieving packages");
        assertThat(printed).last().asString().contains("Configuring docker.io");
    }

    @Test
    void packagesMayFailAsWhenAMirrorIsUpdatedAndItHelpsToTryAgain() {
        assertThatThrownBy(() -> work(1).spend(INSTALL, printed::add))
                .isInstanceOfSatisfying(
                        MachineException.class,
                        failure -> assertThat(failure.toFailure().retryable()).isTrue())
                .hasMessage("cannot install Docker: the mirror is being updated");
        assertThat(printed).last().asString().startsWith("E: Failed to fetch");
    }

    @Test
    void whatNeedsNoMirrorDoesNotFail() throws Exception {
        PiWork work = work(1);

        work.spend(new Action.SetHostname("pi-001"), printed::add);
        work.spend(new Action.StartDocker(), printed::add);
    }

    @Test
    void workTakesAsLongAsOnTheBoardsThemselves() {
        assertThat(Model.PI_5.times()).isLessThan(Model.PI_4B.times());
        assertThat(ActionTimes.seconds(INSTALL) * Model.PI_3B.times()).isBetween(60.0, 240.0);
        assertThat(ActionTimes.seconds(INSTALL) * Model.PI_5.times()).isBetween(59.0, 240.0);
        assertThat(ActionTimes.seconds(new Action.RefreshPackageIndex()) * Model.PI_3B_PLUS.times())
                .isBetween(15.0, 60.0);
    }
}
