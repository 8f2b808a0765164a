package io.swarmctl.controller.cli;

import io.swarmctl.controller.api.view.ChangeView;
import io.swarmctl.controller.api.view.NodeView;
import java.util.ArrayList;
import java.util.List;

/** Tells what came of changes. */
final class Changed {
    private Changed() {}

    static int print(Surroundings surroundings, Output output, String answer) throws CliException {
        return print(surroundings, output, List.of(answer));
    }

    /** Prints several answers as if they were one. */
    static int print(Surroundings surroundings, Output output, List<String> answers) throws CliException {
        ChangeView whole = Api.read(answers.get(answers.size() - 1), ChangeView.class);
        if (answers.size() > 1) {
            List<String> done = new ArrayList<>();
            List<NodeView> nodes = new ArrayList<>();
            for (String answer : answers) {
                ChangeView part = Api.read(answer, ChangeView.class);
                done.addAll(part.done());
                nodes.addAll(part.nodes());
            }
            whole = new ChangeView(whole.at(), done, nodes, whole.warnings(), null);
        }
        List<String> done = whole.done().isEmpty() ? List.of("nothing to change") : whole.done();
        String answer = Api.write(whole, ChangeView.class);
        if (output.isForPeople()) {
            output.print(surroundings, answer, json -> Words.lines(done));
        } else {
            output.print(surroundings, answer, NodesList.SHEET, whole.nodes(), "");
        }
        whole.warnings().forEach(warning -> surroundings.err().println("warning: " + warning));
        return ExitCode.OK;
    }
}
