package io.swarmctl.controller.cli;

import java.util.List;
import picocli.CommandLine.Option;

/** How a result is printed. */
final class Output {
    /** Forms of a result. */
    enum Form {
        table,
        wide,
        json,
        yaml,
        csv,
        name
    }

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORM",
            defaultValue = "table",
            description =
                    "${COMPLETION-CANDIDATES}; json, yaml, csv and name are for programs, the last two for lists.")
    Form form = Form.table;

    /** Makes a result readable for people. */
    @FunctionalInterface
    interface Words {
        String of(String json) throws CliException;
    }

    /** Prints what the API answered. */
    void print(Surroundings surroundings, String json, Words words) throws CliException {
        put(surroundings, text(json, words));
    }

    /** What would be printed. */
    String text(String json, Words words) throws CliException {
        return switch (form) {
            case table, wide -> words.of(json);
            case json, yaml -> tree(json);
            case csv, name -> throw CliException.usage("this has no form '" + form + "'", "use -o table, json or yaml");
        };
    }

    /**
     * Prints a list that the API answered with.
     *
     * @param below follows the table
     */
    <T> void print(Surroundings surroundings, String json, Sheet<T> sheet, List<T> things, String below)
            throws CliException {
        switch (form) {
            case table, wide -> put(surroundings, sheet.table(surroundings, things, isWide()) + below);
            case json, yaml -> put(surroundings, tree(json));
            case csv -> put(surroundings, sheet.csv(things));
            case name -> put(surroundings, sheet.names(things));
        }
    }

    boolean isWide() {
        return form == Form.wide;
    }

    boolean isForPeople() {
        return form == Form.table || form == Form.wide;
    }

    private String tree(String json) {
        Object tree = Tree.parse(json);
        return form == Form.json ? Tree.prettyJson(tree) : Tree.yaml(tree);
    }

    private static void put(Surroundings surroundings, String text) {
        surroundings.out().print(text);
        surroundings.out().flush();
    }
}
