package io.swarmctl.controller.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a command runs in.
 *
 * @param out for results
 * @param err for errors, questions and progress
 * @param person who can be asked; null when nobody sits there
 * @param width of the terminal that {@code out} is; 0 when it is none
 */
public record Surroundings(
        PrintStream out,
        PrintStream err,
        InputStream in,
        Map<String, String> environment,
        Path home,
        @Nullable Person person,
        int width,
        Pause pause) {
    private static final int USUAL_WIDTH = 80;

    /** Somebody at a terminal. */
    public interface Person {
        /** What was typed; null when the input ended. */
        @Nullable
        String answer(String question);

        /** What was typed without being shown; null when the input ended. */
        @Nullable
        String secret(String question);
    }

    /** Lets time pass. */
    @FunctionalInterface
    public interface Pause {
        void pass(Duration time) throws InterruptedException;
    }

    public Surroundings {
        environment = Map.copyOf(environment);
    }

    /** Those of this process. {@code scripts/swarmctl} knows what is a terminal, Java before 22 knows it only of all. */
    public static Surroundings ofProcess(PrintStream out, PrintStream err) {
        String columns = System.getProperty("swarmctl.columns", "");
        int width = columns.matches("[1-9][0-9]{0,3}") ? Integer.parseInt(columns) : 0;
        boolean everyStream = allAreTerminals();
        return new Surroundings(
                out,
                err,
                System.in,
                System.getenv(),
                Path.of(System.getProperty("user.home", "/")),
                everyStream || Boolean.getBoolean("swarmctl.person") ? new ConsolePerson() : null,
                width == 0 && everyStream ? USUAL_WIDTH : width,
                time -> Thread.sleep(time.toMillis()));
    }

    @SuppressWarnings("SystemConsoleNull") // from Java 22 on it is never null, and says nothing here
    private static boolean allAreTerminals() {
        return Runtime.version().feature() < 22 && System.console() != null;
    }

    String variable(String name) {
        return environment.getOrDefault(name, "");
    }

    boolean toTerminal() {
        return width > 0;
    }

    /** Whether to use colours: on a terminal, unless the person does not want them (no-color.org). */
    boolean colours() {
        return toTerminal()
                && variable("NO_COLOR").isEmpty()
                && !variable("TERM").equals("dumb");
    }

    /** A directory that the XDG base directory specification names, or where it is by default. */
    Path xdg(String variable, String otherwise) {
        String given = variable(variable);
        return given.startsWith("/") ? Path.of(given) : home.resolve(otherwise);
    }
}
