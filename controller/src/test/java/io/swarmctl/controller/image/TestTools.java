package io.swarmctl.controller.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Programs of this machine that judge what we write. */
public final class TestTools {
    private static final int PATIENCE_SECONDS = 300;

    private TestTools() {}

    /** Skips the test, with the reason, where one of them is missing. */
    public static void need(String... programs) {
        List<String> missing = Arrays.stream(programs)
                .filter(program -> Stream.of("/usr/sbin/", "/sbin/", "/usr/bin/", "/bin/")
                        .noneMatch(directory -> Files.isExecutable(Path.of(directory + program))))
                .toList();
        assumeTrue(missing.isEmpty(), "not on this machine: " + String.join(", ", missing));
    }

    /** What it printed; it has to succeed. */
    public static String run(String... command) {
        Result result = tryToRun(command);
        assertThat(result.exitCode())
                .as(String.join(" ", command) + "\n" + result.output())
                .isZero();
        return result.output();
    }

    /** How a program ended, and what it printed. */
    public record Result(int exitCode, String output) {}

    public static Result tryToRun(String... command) {
        try {
            Path output = Files.createTempFile("output", ".txt");
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .start();
            boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (!ended) {
                process.destroyForcibly();
            }
            assertThat(ended).as("in time: " + String.join(" ", command)).isTrue();
            String text = Files.readString(output, StandardCharsets.ISO_8859_1);
            Files.delete(output);
            return new Result(process.exitValue(), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
