package io.swarmctl.controller.server.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.swarmctl.common.wire.Report;
import io.swarmctl.controller.fleet.NodeCommands;
import io.swarmctl.controller.server.TestFleet;
import io.swarmctl.controller.server.faults.Cable.State;
import io.swarmctl.controller.server.faults.Footprint.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What becomes of an agent's memory and threads when small things go wrong all the time. The agent is the one of the
 * jar, in a JVM with the flags that it has on a Pi; {@code -Dminutes=N} says for how long.
 */
@Tag("bench")
class AgentSoakBench {
    private static final int MINUTES = Integer.getInteger("minutes", 30);
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Duration SOON = Duration.ofMinutes(2);
    private static final int STEP_SECONDS = 3;
    private static final int STEPS_A_SAMPLE = 3;
    private static final int STEPS_A_CHANGE = 4;
    private static final int STEPS_A_RESTART = 25;

    private final Random random = new Random(1);
    private int cuts;
    private int changes;
    private int restarts;

    @Test
    void memoryAndThreadsStayFlat(@TempDir Path directory) throws Exception {
        TestFleet fleet = new TestFleet(directory);
        Cable cable = new Cable("cable", fleet::gatewayPort);
        Process agent = start(directory, fleet, cable.port());
        try {
            await().atMost(SOON)
                    .until(() -> fleet.fleet().node(SoakedAgent.SERIAL).isPresent());
            List<Sample> samples = soak(fleet, cable, agent.pid());
            cable.set(State.IN);
            await("the agent follows its last spec").atMost(SOON).until(() -> followsItsSpec(fleet));
            Footprint footprint = new Footprint(samples);
            System.out.printf(
                    "agent soak, %d minutes, %d cuts, %d spec changes, %d controller restarts: %s%n",
                    MINUTES, cuts, changes, restarts, footprint);
            assertThat(footprint.isFlat()).as(footprint.toString()).isTrue();
        } finally {
            agent.destroyForcibly();
            cable.close();
            fleet.close();
        }
    }

    private List<Sample> soak(TestFleet fleet, Cable cable, long pid) throws Exception {
        List<Sample> samples = new ArrayList<>();
        long steps = Duration.ofMinutes(MINUTES).toSeconds() / STEP_SECONDS;
        for (long step = 1; step <= steps; step++) {
            cut(cable);
            if (step % STEPS_A_CHANGE == 0) {
                changes++;
                String name = "soaked-" + changes;
                fleet.change(current -> NodeCommands.rename(current, SoakedAgent.SERIAL, name));
            }
            if (step % STEPS_A_RESTART == 0) {
                restarts++;
                fleet.stopController();
                fleet.startController();
            }
            Thread.sleep(Duration.ofSeconds(STEP_SECONDS).toMillis());
            if (step % STEPS_A_SAMPLE == 0) {
                samples.add(Footprint.of(pid));
            }
        }
        return samples;
    }

    private void cut(Cable cable) {
        cable.set(State.IN);
        switch (random.nextInt(6)) {
            case 0, 1, 2 -> cable.drop();
            case 3 -> cable.set(State.SILENT);
            case 4 -> cable.set(State.REFUSING);
            default -> {
                return;
            }
        }
        cuts++;
    }

    private static boolean followsItsSpec(TestFleet fleet) {
        Report report = fleet.node(SoakedAgent.SERIAL).report();
        return report != null
                && report.generation() == fleet.node(SoakedAgent.SERIAL).spec().generation();
    }

    private static Process start(Path directory, TestFleet fleet, int port) throws Exception {
        Path jar = ROOT.resolve("agent/target/swarm-agent.jar");
        assertThat(jar).as("built before: scripts/bench does").exists();
        Path key = Files.writeString(directory.resolve("enrolment.key"), fleet.enrolmentKey(1));
        Path config = Files.writeString(
                directory.resolve("agent.conf"),
                "controllers=127.0.0.1:" + port + "\nmdns=false\nca-file=" + fleet.caFile() + "\nenrolment-key-file="
                        + key + "\nstate-directory=" + directory.resolve("state") + "\ndevice-tree=" + directory
                        + "\n");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags());
        command.addAll(List.of("-cp", jar + ":target/classes:target/test-classes", SoakedAgent.class.getName()));
        command.add(config.toString());
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.redirectOutput(directory.resolve("agent.log").toFile());
        builder.environment().put("MALLOC_ARENA_MAX", "1");
        return builder.start();
    }

    /** Those that systemd starts it with, but for the place of one file. */
    private static List<String> flags() throws IOException {
        return Files.readAllLines(ROOT.resolve("systemd/jvm.options")).stream()
                .filter(flag -> !flag.isBlank())
                .map(flag -> flag.startsWith("-Djava.util.logging.config.file=")
                        ? "-Djava.util.logging.config.file=" + ROOT.resolve("systemd/logging.properties")
                        : flag)
                .toList();
    }
}
