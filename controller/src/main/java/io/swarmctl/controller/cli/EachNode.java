package io.swarmctl.controller.cli;

import java.util.ArrayList;
import java.util.List;

/** Does the same to several nodes, one after the other. */
final class EachNode {
    private EachNode() {}

    /** Tells what was done also when it ends with one that could not be. */
    static int post(Api api, List<String> nodes, String what, Surroundings surroundings, Output output)
            throws CliException {
        List<String> answers = new ArrayList<>();
        try {
            for (String node : nodes) {
                answers.add(api.send("POST", "/nodes/" + Api.segment(node) + "/" + what));
            }
        } catch (CliException e) {
            if (!answers.isEmpty()) {
                Changed.print(surroundings, output, answers);
            }
            throw e;
        }
        return Changed.print(surroundings, output, answers);
    }
}
