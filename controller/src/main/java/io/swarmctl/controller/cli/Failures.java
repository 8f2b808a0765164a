package io.swarmctl.controller.cli;

import io.swarmctl.controller.text.Nearest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what went wrong and what to do, in two lines and never in a stack trace. */
final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {
    private static final String DEBUG = "--debug";
    private static final String ITS_PREFIX = "Error: ";

    private final Surroundings surroundings;

    Failures(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public int handleParseException(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        String help = "see: " + command.getCommandSpec().qualifiedName() + " --help";
        if (e instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            String word = unmatched.getUnmatched().get(0);
            boolean option = word.startsWith("-");
            boolean group = !command.getSubcommands().isEmpty();
            say(
                    (option ? "unknown option " : group ? "unknown command " : "one word too many: ") + word,
                    option || !group
                            ? Nearest.didYouMean(word.replaceAll("=.*", ""), known(command, option), help)
                            : commandHint(command, word, help));
        } else {
            say(asWeSay(String.valueOf(e.getMessage())), help);
        }
        if (Arrays.asList(args).contains(DEBUG)) {
            e.printStackTrace(surroundings.err());
        }
        return ExitCode.USAGE;
    }

    /** Some of picocli's messages call themselves errors, and all begin with a capital. */
    private static String asWeSay(String message) {
        String bare = message.startsWith(ITS_PREFIX) ? message.substring(ITS_PREFIX.length()) : message;
        return bare.substring(0, Math.min(1, bare.length())).toLowerCase(Locale.ROOT)
                + bare.substring(Math.min(1, bare.length()));
    }

    /** Many type the second word alone. */
    private static String commandHint(CommandLine command, String word, String help) {
        List<String> whole = command.getParent() == null ? Cli.commandsNamed(word) : List.of();
        return whole.isEmpty()
                ? Nearest.didYouMean(word, known(command, false), help)
                : "did you mean " + String.join(", or ", whole) + "?";
    }

    private static List<String> known(CommandLine command, boolean options) {
        List<String> known = new ArrayList<>();
        if (options) {
            command.getCommandSpec().options().forEach(option -> known.addAll(Arrays.asList(option.names())));
        } else {
            known.addAll(command.getSubcommands().keySet());
        }
        return known;
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) throws Exception {
        boolean debug = parsed.originalArgs().contains(DEBUG);
        int exitCode = ExitCode.FAILED;
        if (e instanceof ParameterException usage) {
            return handleParseException(usage, parsed.originalArgs().toArray(new String[0]));
        }
        if (e instanceof CliException failure) {
            say(String.valueOf(failure.getMessage()), failure.remedy());
            exitCode = failure.exitCode();
        } else if (e instanceof InterruptedException) {
            Thread.currentThread().interrupt();
            say("interrupted", "");
        } else {
            say("unexpected: " + e, debug ? "" : "run it again with --debug to see where");
        }
        if (debug) {
            e.printStackTrace(surroundings.err());
        }
        return exitCode;
    }

    private void say(String problem, String remedy) {
        surroundings.err().println("error: " + problem);
        if (!remedy.isEmpty()) {
            surroundings.err().println("  " + remedy);
        }
        surroundings.err().flush();
    }
}
