package io.swarmctl.agent.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.swarmctl.agent.machine.Commands.Command;
import io.swarmctl.agent.machine.Commands.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class ProcessCommandsTest {
    @TempDir
    private Path directory;

    private final ProcessCommands commands = new ProcessCommands();
    private final Lines output = new Lines();

    private static Command shell(String script) {
        return Command.of("sh", "-c", script);
    }

    @Test
    void handsOnEveryLineOfBothStreamsAsItIsPrinted() throws MachineException {
        Result result = commands.run(shell("echo one; echo two >&2; printf 'three\\rfour'; exit 3"), output);

        assertThat(result).isEqualTo(new Result(3, List.of("one", "two", "three", "four")));
        assertThat(output.all()).isEqualTo(result.lines());
    }

    @Test
    void givesItsInputAndThenTheEnd() throws MachineException {
        assertThat(commands.run(Command.of("cat").reading("secret\n"), output).lines())
                .containsExactly("secret");
        assertThat(Command.of("cat").reading("secret\n")).asString().doesNotContain("secret");
    }

    @Test
    void aProgramThatDoesNotReadItsInputIsNoTrouble() throws MachineException {
        assertThat(commands.run(Command.of("true").reading("x".repeat(1_000_000)), output)
                        .ok())
                .isTrue();
    }

    @Test
    void startsWithASmallEnvironment() throws MachineException {
        Result result = commands.run(Command.of("env").with(Map.of("DEBIAN_FRONTEND", "noninteractive")), output);

        assertThat(result.lines())
                .contains("DEBIAN_FRONTEND=noninteractive", "LC_ALL=C.UTF-8")
                .hasSize(4);
    }

    @Test
    void keepsTheLastLinesOfManyAndCutsLongOnes() throws MachineException {
        Result result = commands.run(shell("seq 100000; head -c 1000000 /dev/zero | tr '\\0' x"), output);

        assertThat(result.lines()).hasSizeLessThan(1_000);
        assertThat(result.lines().get(result.lines().size() - 1)).hasSizeLessThan(10_000);
        assertThat(result.lines()).contains("100000");
    }

    @Test
    void endsAProgramThatTakesTooLongWithAllThatItStarted() throws Exception {
        Path pids = directory.resolve("pids");
        Command slow = shell("sleep 300 & echo $! > " + pids + "; echo $$ >> " + pids + "; wait")
                .within(Duration.ofSeconds(1));

        assertThatThrownBy(() -> commands.run(slow, output))
                .isInstanceOf(MachineException.class)
                .hasMessageContaining("did not end within 1 s");

        for (String pid : Files.readAllLines(pids)) {
            await().until(() -> ProcessHandle.of(Long.parseLong(pid))
                    .filter(ProcessHandle::isAlive)
                    .isEmpty());
        }
    }

    @Test
    void doesNotWaitForWhatAProgramLeavesBehind() throws MachineException {
        Result result = commands.run(shell("sleep 20 & echo done"), output);

        assertThat(result).isEqualTo(new Result(0, List.of("done")));
    }

    @Test
    void endsAProgramWhenItsThreadIsInterrupted() throws Exception {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Path started = directory.resolve("started");
        Thread thread = new Thread(() -> {
            try {
                commands.run(shell("touch " + started + "; sleep 300"), output);
            } catch (MachineException e) {
                thrown.set(e);
            }
        });
        thread.start();
        await().until(() -> Files.exists(started));

        thread.interrupt();
        thread.join();

        assertThat(thrown.get()).isInstanceOf(MachineException.class).hasMessageContaining("interrupted");
    }

    @Test
    void aProgramThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> commands.run(Command.of("no-such-program"), output))
                .isInstanceOf(MachineException.class)
                .hasMessageContaining("no-such-program");
    }

    @Test
    void aFailureOfAProgramThatHasToSucceedSaysItsLastWords() {
        assertThatThrownBy(() -> commands.succeed(shell("echo first; echo last >&2; exit 4"), output))
                .isInstanceOf(MachineException.class)
                .hasMessage("sh failed with status 4: last");
    }
}
