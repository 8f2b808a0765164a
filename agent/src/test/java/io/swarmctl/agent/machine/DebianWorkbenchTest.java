package io.swarmctl.agent.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmctl.agent.machine.Commands.Result;
import io.swarmctl.agent.machine.Workbench.Run;
import io.swarmctl.common.wire.Benchmark.Measured;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DebianWorkbenchTest {
    private static final List<String> WORKLOAD = List.of("java", "Workload");
    private static final String MEASURED = "{\"values\":{\"cpu-one\":800.0},\"missing\":{}}";

    private FileTree tree;
    private String throttled = "0x0";

    @BeforeEach
    void board(@TempDir Path root) {
        tree = FileTree.at(root);
        tree.write("usr/bin/vcgencmd", "").write("sys/class/thermal/thermal_zone0/temp", "48500\n");
    }

    private Run measure(Commands workload) throws InterruptedException {
        Commands commands = (command, output) -> command.name().equals("vcgencmd")
                ? new Result(0, List.of("throttled=" + throttled))
                : workload.run(command, output);
        return new DebianWorkbench(commands, new Hardware(tree.layout(), commands, InstantSource.system()), WORKLOAD)
                .measure();
    }

    @Test
    void theFirmwareIsAskedWhileTheWorkloadIsAtWork() throws Exception {
        Run run = measure((command, output) -> {
            assertThat(command.argv()).isEqualTo(WORKLOAD);
            assertThat(command.timeout()).isLessThanOrEqualTo(Duration.ofSeconds(90));
            throttled = "0x40004";
            output.line("at work");
            throttled = "0x40000";
            tree.write("sys/class/thermal/thermal_zone0/temp", "61000\n");
            return new Result(0, List.of("at work", MEASURED));
        });

        assertThat(run).isEqualTo(new Run(new Measured(Map.of("cpu-one", 800.0), Map.of()), 4, 48.5, 61.0));
    }

    @Test
    void aWorkloadThatFailsLeavesNothingMeasured() throws Exception {
        Run killed = measure((command, output) -> new Result(137, List.of("at work")));
        Run slow = measure((command, output) -> {
            throw new MachineException("java did not end within 90 s", "", true, null);
        });

        assertThat(killed.measured()).isEqualTo(Workbench.nothing("the workload ended with 137"));
        assertThat(slow.measured()).isEqualTo(Workbench.nothing("java did not end within 90 s"));
        assertThat(slow.throttled()).isZero();
    }

    @Test
    void itEndsWhenItIsInterrupted() {
        assertThatThrownBy(() -> measure((command, output) -> {
                    throw MachineException.interrupted("running java", new InterruptedException());
                }))
                .isInstanceOf(InterruptedException.class);
    }
}
