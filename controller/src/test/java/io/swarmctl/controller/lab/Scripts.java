package io.swarmctl.controller.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs the project's scripts, each within a time. Any thread may call it. */
final class Scripts {
    private static final Path ROOT = projectRoot();

    /** What a script printed, errors among it, and how it ended. */
    record Answer(int code, String output) {
        boolean ok() {
            return code == 0;
        }
    }

    private Scripts() {}

    /** @throws IOException when it does not end in time */
    static Answer run(Duration limit, String script, String... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(ROOT.resolve("scripts").resolve(script).toString()));
        command.addAll(List.of(arguments));
        return run(limit, command);
    }

    /** What it printed. @throws IOException when it fails */
    static String succeed(Duration limit, String script, String... arguments) throws IOException, InterruptedException {
        Answer answer = run(limit, script, arguments);
        if (!answer.ok()) {
            throw new IOException(script + " " + String.join(" ", arguments) + ": " + answer.output());
        }
        return answer.output();
    }

    /** The command line of the fleet whose environment stands in that file. */
    static Answer swarmctl(Duration limit, Path environment, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "sh",
                "-c",
                ". \"$1\" && shift && exec \"$@\"",
                "sh",
                environment.toString(),
                ROOT.resolve("scripts/swarmctl").toString()));
        command.addAll(List.of(arguments));
        return run(limit, command);
    }

    /** Its output goes to a file: what a script leaves running may keep a pipe open. */
    private static Answer run(Duration limit, List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("script", ".out");
        try {
            Process process = new ProcessBuilder(command)
                    .directory(ROOT.toFile())
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroy();
                process.waitFor(10, TimeUnit.SECONDS);
                process.destroyForcibly();
                throw new IOException(command + " did not end within " + limit + ": " + Files.readString(output));
            }
            return new Answer(process.exitValue(), Files.readString(output));
        } finally {
            Files.delete(output);
        }
    }

    /** Tests run in the directory of their module. */
    private static Path projectRoot() {
        Path here = Path.of("").toAbsolutePath();
        return Files.isDirectory(here.resolve("scripts"))
                ? here
                : here.resolveSibling("scripts").getParent();
    }
}
