package io.swarmctl.controller.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LastWordsTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final List<Integer> exits = new ArrayList<>();
    private final LastWords lastWords = new LastWords(new PrintStream(err, true, StandardCharsets.UTF_8), exits::add);

    @Test
    void anErrorEndsTheProcessAndSaysSo() throws Exception {
        run(() -> {
            throw new OutOfMemoryError("Java heap space");
        });
        assertThat(exits).containsExactly(1);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("thread fleet ended: java.lang.OutOfMemoryError: Java heap space")
                .contains("start it again");
    }

    @Test
    void anExceptionEndsItsThreadOnly() throws Exception {
        run(() -> {
            throw new IllegalStateException("a bug");
        });
        assertThat(exits).isEmpty();
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("a bug");
    }

    private void run(Runnable work) throws InterruptedException {
        Thread thread = new Thread(work, "fleet");
        thread.setUncaughtExceptionHandler(lastWords);
        thread.start();
        thread.join();
    }
}
