package io.swarmctl.controller.cli;

import io.swarmctl.controller.api.view.PlanView;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "plan",
        description = "Shows what a node has still to do. Exit code 3 when there is something.",
        footer = {"", "Example:", "  swarmctl nodes plan pi-001"})
final class NodesPlan implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private Target target = new Target();

    @Mixin
    private Output output = new Output();

    @Parameters(paramLabel = "NODE", description = "Its name or id.")
    private String node = "";

    NodesPlan(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws CliException {
        String json = target.open(surroundings).get("/nodes/" + Api.segment(node) + "/plan");
        output.print(surroundings, json, NodesPlan::words);
        return Api.read(json, PlanView.class).converged() ? ExitCode.OK : ExitCode.NOT_YET;
    }

    private static String words(String json) throws CliException {
        PlanView plan = Api.read(json, PlanView.class);
        StringBuilder text = new StringBuilder("by its report of " + Words.ago(plan.factsAgeSeconds()) + "\n");
        int number = 1;
        for (PlanView.Step step : plan.actions()) {
            text.append(String.format("%3d. %s%n", number++, step.title()));
        }
        if (!plan.rebootFor().isEmpty()) {
            text.append("     then reboots: ").append(plan.rebootFor()).append('\n');
        }
        if (plan.converged()) {
            text.append("nothing to do\n");
        }
        if (!plan.waitingFor().isEmpty()) {
            text.append("waits for ").append(plan.waitingFor()).append('\n');
        }
        plan.findings()
                .forEach(finding -> text.append(finding.severity())
                        .append(": ")
                        .append(finding.problem())
                        .append("\n  ")
                        .append(finding.remedy())
                        .append('\n'));
        return text.toString();
    }
}
