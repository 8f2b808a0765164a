package io.swarmctl.controller.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Somebody with a home directory who types commands and reads what they print. */
public final class Typist {
    private final Map<String, String> environment = new HashMap<>();
    private final Deque<String> answers = new ArrayDeque<>();
    private final Path home;
    private boolean atTerminal;
    private String input = "";
    private Surroundings.Pause pause = time -> {};
    private int linesRead = Integer.MAX_VALUE;

    public Typist(Path home) {
        this.home = home;
        environment.put("SWARMCTL_DATA_DIRECTORY", home.resolve("no-controller").toString());
    }

    /** What a command did. */
    public record Result(int exitCode, String out, String err) {
        public String all() {
            return out + err;
        }
    }

    public Typist with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    public Typist pausing(Surroundings.Pause what) {
        pause = what;
        return this;
    }

    /** Reads that many lines and then no more, as {@code head} does. */
    public Typist closingAfter(int lines) {
        linesRead = lines;
        return this;
    }

    public Typist piping(String text) {
        input = text;
        return this;
    }

    /** Sits at a terminal and will answer so. */
    public Typist answering(String... given) {
        atTerminal = true;
        answers.addAll(List.of(given));
        return this;
    }

    public Result types(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        OutputStream pipe = linesRead == Integer.MAX_VALUE ? out : new ClosingPipe(out, linesRead);
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Surroundings surroundings = new Surroundings(
                new PrintStream(pipe, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                environment,
                home,
                atTerminal ? person() : null,
                0,
                pause);
        int exitCode = Cli.run(surroundings, args);
        return new Result(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** Takes no more after so many lines. */
    private static final class ClosingPipe extends FilterOutputStream {
        private int left;

        ClosingPipe(OutputStream out, int lines) {
            super(out);
            left = lines;
        }

        @Override
        public void write(int b) throws IOException {
            if (left <= 0) {
                throw new IOException("broken pipe");
            }
            left -= b == '\n' ? 1 : 0;
            out.write(b);
        }
    }

    private Surroundings.Person person() {
        return new Surroundings.Person() {
            @Override
            public String answer(String question) {
                return answers.poll();
            }

            @Override
            public String secret(String question) {
                return answers.poll();
            }
        };
    }
}
