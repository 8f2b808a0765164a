package io.swarmctl.controller.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmctl.controller.Main;
import io.swarmctl.controller.cli.Typist;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A controller in a process of its own, as {@code swarmctl controller} starts it. */
final class ControllerRun implements AutoCloseable {
    private static final int END_SECONDS = 60;

    private final Path data;
    private final Process process;
    private final int gatewayPort;

    private ControllerRun(Path data, Process process, int gatewayPort) {
        this.data = data;
        this.process = process;
        this.gatewayPort = gatewayPort;
    }

    /** Returns when it listens. */
    static ControllerRun start(Path data) throws IOException {
        Process process =
                launch(data, "--listen", "127.0.0.1", "--https-port", "0", "--gateway-port", "0", "--no-mdns");
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        int gatewayPort = 0;
        String line = lines.readLine();
        List<String> said = new ArrayList<>();
        while (line != null && !line.startsWith("  next")) {
            said.add(line);
            if (line.startsWith("  agents")) {
                gatewayPort = Integer.parseInt(line.replaceAll("\\D", ""));
            }
            line = lines.readLine();
        }
        assertThat(line).as("it is ready; it said %s", said).isNotNull();
        return new ControllerRun(data, process, gatewayPort);
    }

    /** What somebody is told who starts one that cannot run. */
    static Refused refused(Path data, String... options) throws IOException, InterruptedException {
        Process process = launch(data, options);
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(END_SECONDS, TimeUnit.SECONDS)).as(said).isTrue();
        return new Refused(process.exitValue(), said);
    }

    record Refused(int exitCode, String said) {}

    private static Process launch(Path data, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "controller",
                "--data-directory",
                data.toString()));
        command.addAll(List.of(options));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    Path data() {
        return data;
    }

    int gatewayPort() {
        return gatewayPort;
    }

    /** Somebody on the same machine, who needs no login. */
    Typist typist(Path home) {
        return new Typist(home).with("SWARMCTL_DATA_DIRECTORY", data.toString());
    }

    /** As {@code kill -9} does. */
    void kill() {
        process.destroyForcibly();
        try {
            assertThat(process.waitFor(END_SECONDS, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        kill();
    }
}
