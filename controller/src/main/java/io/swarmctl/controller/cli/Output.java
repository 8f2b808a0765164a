package io.swarmctl.controller.cli;

import picocli.CommandLine.Option;

/** How a result is printed. */
final class Output {
    /** Forms of a result. */
    enum Form {
        table,
        json,
        yaml
    }

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORM",
            defaultValue = "table",
            description = "${COMPLETION-CANDIDATES}; json and yaml are for programs.")
    Form form = Form.table;

    /** Makes a result readable for people. */
    @FunctionalInterface
    interface Words {
        String of(String json) throws CliException;
    }

    /** Prints what the API answered. */
    void print(Surroundings surroundings, String json, Words words) throws CliException {
        surroundings.out().print(text(json, words));
        surroundings.out().flush();
    }

    /** What would be printed. */
    String text(String json, Words words) throws CliException {
        return switch (form) {
            case table -> words.of(json);
            case json -> Tree.prettyJson(Tree.parse(json));
            case yaml -> Tree.yaml(Tree.parse(json));
        };
    }
}
