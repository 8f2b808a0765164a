package io.swarmctl.controller.cli;

import io.swarmctl.controller.api.view.StatusView;
import java.util.List;

/** What there is without any argument: where one stands, and what to type next. */
final class Home {
    private final Surroundings surroundings;

    Home(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /**
     * @return the exit code
     * @throws CliException when the controller that one is logged in to cannot be asked
     */
    int show() throws CliException {
        Api api = new Target().open(surroundings).hurried();
        StatusView view = api.get("/status", StatusView.class);
        surroundings.out().print(new StatusWords(surroundings).inShort(api.context(), view));
        surroundings.out().print("\n" + words(NextStep.of(view)));
        surroundings.out().flush();
        return ExitCode.OK;
    }

    private static String words(List<NextStep> steps) {
        int width =
                steps.stream().mapToInt(step -> step.command().length()).max().orElse(0);
        StringBuilder text = new StringBuilder("next\n");
        for (NextStep step : steps) {
            text.append("  ")
                    .append(step.command())
                    .append(" ".repeat(width - step.command().length()))
                    .append("   ")
                    .append(step.why())
                    .append('\n');
        }
        return text.toString();
    }
}
