package io.swarmctl.agent.machine;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Runs programs of the machine. */
public interface Commands {
    /**
     * Runs a program to its end. A status other than 0 is an answer, not a failure.
     *
     * @param output receives each line as it is printed, on the calling thread
     * @throws MachineException when it cannot be started, takes too long or is interrupted; it is ended then, with all
     *     that it started
     */
    Result run(Command command, Output output) throws MachineException;

    /** Runs a program that has to succeed. */
    default Result succeed(Command command, Output output) throws MachineException {
        Result result = run(command, output);
        if (result.status() != 0) {
            throw new MachineException(
                    command.name() + " failed with status " + result.status() + result.lastWords(),
                    "see what it printed",
                    true,
                    null);
        }
        return result;
    }

    /**
     * A program with its arguments. Secrets go through {@code input}: arguments and environment are for all to see.
     *
     * @param environment added to a small fixed one
     * @param input what it reads, then its end
     */
    record Command(List<String> argv, Map<String, String> environment, String input, Duration timeout) {
        private static final Duration USUAL = Duration.ofMinutes(2);

        public Command {
            argv = List.copyOf(argv);
            environment = Map.copyOf(environment);
        }

        static Command of(String... argv) {
            return new Command(List.of(argv), Map.of(), "", USUAL);
        }

        static Command of(List<String> argv) {
            return new Command(argv, Map.of(), "", USUAL);
        }

        Command reading(String text) {
            return new Command(argv, environment, text, timeout);
        }

        Command within(Duration longest) {
            return new Command(argv, environment, input, longest);
        }

        Command with(Map<String, String> variables) {
            return new Command(argv, variables, input, timeout);
        }

        String name() {
            return argv.get(0);
        }

        /** Says nothing of the input. */
        @Override
        public String toString() {
            return String.join(" ", argv);
        }
    }

    /**
     * How a program ended.
     *
     * @param lines the last lines that it printed, to both streams
     */
    record Result(int status, List<String> lines) {
        public Result {
            lines = List.copyOf(lines);
        }

        boolean ok() {
            return status == 0;
        }

        String lastWords() {
            return lines.isEmpty() ? "" : ": " + lines.get(lines.size() - 1);
        }
    }
}
