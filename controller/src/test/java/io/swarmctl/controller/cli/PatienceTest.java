package io.swarmctl.controller.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PatienceTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
    private final Patience patience = new Patience(new Surroundings(
            stream, stream, InputStream.nullInputStream(), Map.of(), Path.of("/"), null, 0, time -> {}));

    private int restartsLeft = 3;

    private String answer() throws CliException {
        if (restartsLeft-- > 0) {
            throw CliException.unreachable("nobody there", "", new IOException());
        }
        return "answer";
    }

    @Test
    void aRestartOfTheControllerIsWaitedForAndSaidOnce() throws CliException, InterruptedException {
        assertThat(patience.ask(this::answer)).isEqualTo("answer");
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("nobody there; trying again\n");
    }

    @Test
    void aRefusalIsNotWaitedFor() {
        assertThatExceptionOfType(CliException.class)
                .isThrownBy(() -> patience.ask(() -> {
                    throw new CliException("no", "");
                }));
    }
}
