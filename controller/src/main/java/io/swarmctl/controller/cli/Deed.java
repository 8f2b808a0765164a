package io.swarmctl.controller.cli;

import io.swarmctl.controller.api.view.ChangeView;
import io.swarmctl.controller.api.view.PreviewView;
import java.time.Duration;
import picocli.CommandLine.Option;

/** Changing something: look first, ask, do it, wait until it is so. The same for every command that changes nodes. */
final class Deed {
    @Option(
            names = "--dry-run",
            description = "Change nothing; show the quorum before and after, and what each node would do."
                    + " Exit code 3 when something would change.")
    private boolean dryRun;

    @Option(names = "--wait", description = "Wait until it is so, and show how far it is.")
    private boolean wait;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "10m",
            converter = Durations.class,
            description = "With --wait: how long (default ${DEFAULT-VALUE}). Exit code 3 when it is not so in time.")
    private Duration timeout = Duration.ofMinutes(10);

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask. Needed where somebody would be asked and nobody can be.")
    private boolean yes;

    /** Waits until what was asked for is so. */
    @FunctionalInterface
    interface Awaiting {
        /**
         * @param answer the API's
         * @return the exit code
         */
        int until(String answer, Duration longest) throws CliException, InterruptedException;
    }

    int carryOut(Order order, Api api, Surroundings surroundings, Output output)
            throws CliException, InterruptedException {
        return carryOut(
                order,
                api,
                surroundings,
                output,
                (answer, longest) -> new Arrival(surroundings).until(order.goal(), api, order.nodes(), longest));
    }

    int carryOut(Order order, Api api, Surroundings surroundings, Output output, Awaiting awaiting)
            throws CliException, InterruptedException {
        if (dryRun) {
            return preview(order, api, surroundings, output);
        }
        consider(order, api, surroundings);
        String answer = order.send(api, false);
        int done = Changed.print(surroundings, output, answer);
        return wait ? awaiting.until(answer, timeout) : done;
    }

    private static int preview(Order order, Api api, Surroundings surroundings, Output output) throws CliException {
        String json = order.send(api, true);
        ChangeView view = Api.read(json, ChangeView.class);
        output.print(surroundings, json, answer -> new PreviewWords(surroundings).of(view) + "nothing was changed\n");
        return view.done().isEmpty() ? ExitCode.OK : ExitCode.NOT_YET;
    }

    /** A program that names its nodes knows what it does; whoever describes them may be surprised. */
    private void consider(Order order, Api api, Surroundings surroundings) throws CliException {
        boolean always = order.caution() == Order.Caution.ALWAYS;
        boolean ifHarmful = order.caution() == Order.Caution.QUORUM && surroundings.person() != null;
        if (yes || !(always || ifHarmful)) {
            return;
        }
        ChangeView view = Api.read(order.send(api, true), ChangeView.class);
        PreviewView preview = view.preview();
        boolean harmful = preview != null && !PreviewWords.harm(preview).isEmpty();
        if (!view.done().isEmpty() && (always || harmful)) {
            surroundings.err().print(new PreviewWords(surroundings).of(view));
            Consent.ask(surroundings, order.question(), "look at it with --dry-run", "not done");
        }
    }
}
