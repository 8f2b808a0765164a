package io.swarmctl.agent.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmctl.agent.machine.Commands.Result;
import io.swarmctl.agent.machine.Diagnostics.Clue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DebianDiagnosticsTest {
    private final List<Clue> clues = new ArrayList<>();

    @Test
    void everyQuestionIsAskedAndNoneMayTakeLong() throws Exception {
        List<String> asked = new ArrayList<>();
        new DebianDiagnostics((command, output) -> {
                    assertThat(command.timeout()).isLessThanOrEqualTo(Duration.ofSeconds(10));
                    asked.add(command.toString());
                    output.line("said by " + command.name());
                    return new Result(0, List.of());
                })
                .look(clues::add);

        assertThat(asked)
                .hasSameSizeAs(clues)
                .contains("ip route", "docker info", "dpkg --audit")
                .anyMatch(command -> command.startsWith("journalctl -u swarm-agent"))
                .anyMatch(command -> command.startsWith("journalctl -k"));
        assertThat(clues).extracting(Clue::name).doesNotHaveDuplicates();
        assertThat(clues).contains(new Clue("routes", "said by ip", ""));
    }

    @Test
    void aProgramThatFailsOrIsNotThereKeepsNoOtherFromBeingAsked() throws Exception {
        new DebianDiagnostics((command, output) -> {
                    if (command.name().equals("docker")) {
                        throw new MachineException("cannot run docker: No such file", "install it", true, null);
                    }
                    output.line("half");
                    return new Result(command.name().equals("ip") ? 1 : 0, List.of());
                })
                .look(clues::add);

        assertThat(clues)
                .contains(
                        new Clue("Docker engine", "", "cannot run docker: No such file"),
                        new Clue("routes", "half", "ip ended with 1"),
                        new Clue("memory", "half", ""));
    }

    @Test
    void whoPrintsWithoutEndFillsNoMemory() throws Exception {
        new DebianDiagnostics((command, output) -> {
                    for (int i = 0; i < 10_000; i++) {
                        output.line("line " + i);
                    }
                    return new Result(0, List.of());
                })
                .look(clues::add);

        assertThat(clues).allSatisfy(clue -> {
            assertThat(clue.text().lines()).hasSize(400);
            assertThat(clue.text()).endsWith("line 9999");
        });
    }

    @Test
    void itEndsWhenItIsInterrupted() {
        assertThatThrownBy(() -> new DebianDiagnostics((command, output) -> {
                            Thread.currentThread().interrupt();
                            return new Result(0, List.of());
                        })
                        .look(clues::add))
                .isInstanceOf(InterruptedException.class);
        assertThat(clues).hasSize(1);
    }
}
