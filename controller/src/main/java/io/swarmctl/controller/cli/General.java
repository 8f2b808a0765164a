package io.swarmctl.controller.cli;

import picocli.CommandLine.Option;

/** What every command takes. */
final class General {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    boolean help;

    @Option(names = "--debug", description = "When something unexpected happens, show where.")
    boolean debug;
}
