package io.swarmctl.agent.machine;

import static org.awaitility.Awaitility.await;

import io.swarmctl.agent.machine.Commands.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Two real Docker engines, each in a network namespace of its own, joined by a cable. Needs root, and a dockerd with
 * its companions in the directories that the variable {@code DOCKER_PATH} names, else in the usual ones.
 */
final class RealEngines implements AutoCloseable {
    private static final String USUAL_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    private static final String NAMESPACE = "swarmctl-test-";

    private final Path directory;
    private final Commands commands = new ProcessCommands();
    private final List<Process> engines = new ArrayList<>();

    private RealEngines(Path directory) {
        this.directory = directory;
    }

    static RealEngines start(Path directory) throws MachineException, IOException {
        RealEngines engines = new RealEngines(directory);
        try {
            engines.start();
            return engines;
        } catch (MachineException | IOException | RuntimeException e) {
            engines.close();
            throw e;
        }
    }

    private void start() throws MachineException, IOException {
        run("ip", "netns", "add", NAMESPACE + 1);
        run("ip", "netns", "add", NAMESPACE + 2);
        run(
                "ip",
                "link",
                "add",
                "eth0",
                "netns",
                NAMESPACE + 1,
                "type",
                "veth",
                "peer",
                "eth0",
                "netns",
                NAMESPACE + 2);
        for (int number = 1; number <= 2; number++) {
            inside(number, "ip", "link", "set", "lo", "up");
            inside(number, "ip", "addr", "add", address(number) + "/24", "dev", "eth0");
            inside(number, "ip", "link", "set", "eth0", "up");
            inside(number, "ip", "route", "add", "default", "via", address(3 - number));
            start(number);
        }
    }

    static String address(int number) {
        return "10.93.0." + number;
    }

    /** The machine on which that engine runs; its files are the engine's own. */
    Layout layout(int number) {
        return new Layout(Path.of("/"), Path.of("/proc/device-tree"), at(number, "docker.sock"), at(number, "notes"));
    }

    Path at(int number, String path) {
        return directory.resolve(number + "/" + path);
    }

    private void start(int number) throws IOException {
        Files.createDirectories(at(number, ""));
        ProcessBuilder builder = new ProcessBuilder(
                "nsenter",
                "--net=/var/run/netns/" + NAMESPACE + number,
                "dockerd",
                "--data-root=" + at(number, "data"),
                "--exec-root=" + at(number, "exec"),
                "--pidfile=" + at(number, "pid"),
                "--host=unix://" + at(number, "docker.sock"));
        builder.environment().put("PATH", System.getenv().getOrDefault("DOCKER_PATH", "") + ":" + USUAL_PATH);
        engines.add(builder.redirectErrorStream(true)
                .redirectOutput(at(number, "log").toFile())
                .start());
        DockerEngine engine = new DockerEngine(at(number, "docker.sock"));
        await().atMost(Duration.ofMinutes(1)).until(() -> engine.version().isPresent());
    }

    /** As by a power cut. */
    void stop(int number) throws IOException {
        Process engine = engines.get(number - 1);
        engine.destroyForcibly();
        await().atMost(Duration.ofMinutes(1)).until(() -> !engine.isAlive());
        Files.deleteIfExists(at(number, "pid"));
        Files.deleteIfExists(at(number, "docker.sock"));
    }

    void startAgain(int number) throws IOException {
        start(number);
        engines.set(number - 1, engines.remove(engines.size() - 1));
    }

    private void inside(int number, String... argv) throws MachineException {
        List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", NAMESPACE + number));
        all.addAll(List.of(argv));
        commands.succeed(Command.of(all), line -> {});
    }

    private void run(String... argv) throws MachineException {
        commands.succeed(Command.of(argv), line -> {});
    }

    @Override
    public void close() throws MachineException, IOException {
        for (Process engine : engines) {
            engine.destroy();
        }
        for (Process engine : engines) {
            await().atMost(Duration.ofMinutes(1)).until(() -> !engine.isAlive());
        }
        for (String mount : mounts()) {
            commands.run(Command.of("umount", mount), line -> {});
        }
        commands.run(Command.of("ip", "netns", "delete", NAMESPACE + 1), line -> {});
        commands.run(Command.of("ip", "netns", "delete", NAMESPACE + 2), line -> {});
    }

    /** What engines leave mounted, the innermost first. */
    private List<String> mounts() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/mounts"))) {
            return lines.map(line -> line.split(" ")[1])
                    .filter(mount -> mount.startsWith(directory.toString()))
                    .sorted((first, second) -> second.length() - first.length())
                    .toList();
        }
    }
}
