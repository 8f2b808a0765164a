package io.swarmctl.agent.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmctl.agent.machine.Commands.Command;
import io.swarmctl.agent.machine.Commands.Result;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DebianClockTest {
    private final List<String> run = new ArrayList<>();
    private Result answer = new Result(0, List.of());
    private final DebianClock clock = new DebianClock((Command command, Output output) -> {
        run.add(command.toString());
        return answer;
    });

    @Test
    void systemdSaysWhetherATimeServiceKeepsIt() throws MachineException {
        answer = new Result(0, List.of("yes"));
        assertThat(clock.isKept()).isTrue();
        answer = new Result(0, List.of("no"));
        assertThat(clock.isKept()).isFalse();
        assertThat(run).containsOnly("timedatectl show --property=NTPSynchronized --value");
    }

    @Test
    void whereNobodyCanSayItIsAFailure() {
        answer = new Result(1, List.of("Failed to connect to bus"));
        assertThatThrownBy(clock::isKept).isInstanceOf(MachineException.class);
    }

    @Test
    void itIsSetToTheSecond() throws MachineException {
        clock.set(Instant.parse("2026-11-20T12:00:00.7Z"));
        assertThat(run).containsExactly("date --utc --set=@1795176000");
    }

    @Test
    void whereItCannotBeSetTheReasonIsTold() {
        answer = new Result(1, List.of("date: cannot set date: Operation not permitted"));
        assertThatThrownBy(() -> clock.set(Instant.EPOCH)).hasMessageContaining("Operation not permitted");
    }
}
