package io.swarmctl.controller.cli;

import java.io.Console;
import org.jspecify.annotations.Nullable;

/** The person at this process's terminal. */
@SuppressWarnings("SystemConsoleNull") // before Java 22 it may be null
final class ConsolePerson implements Surroundings.Person {
    @Override
    public @Nullable String answer(String question) {
        Console console = System.console();
        return console == null ? null : console.readLine("%s", question);
    }

    @Override
    public @Nullable String secret(String question) {
        Console console = System.console();
        char[] typed = console == null ? null : console.readPassword("%s", question);
        return typed == null ? null : new String(typed);
    }
}
