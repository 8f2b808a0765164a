package io.swarmctl.controller;

import io.swarmctl.controller.cli.Cli;
import io.swarmctl.controller.cli.Surroundings;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The one program: controller and command line. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        PrintStream out = new PrintStream(
                new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)), false, StandardCharsets.UTF_8);
        int exitCode = run(out, System.err, args);
        out.flush();
        System.exit(exitCode);
    }

    /** Runs a command and returns its exit code. */
    public static int run(PrintStream out, PrintStream err, String... args) {
        return Cli.run(Surroundings.ofProcess(out, err), args);
    }
}
