package io.swarmctl.controller.server;

import io.swarmctl.controller.policy.YamlDocument;
import io.swarmctl.controller.policy.YamlException;
import io.swarmctl.controller.text.Nearest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The options as given in the file, the environment and flags, the last of these first.
 *
 * @param options the names of all that exist
 * @param problems options that do not exist
 */
record ControllerConfigSources(List<String> options, Map<String, Given> given, List<String> problems) {
    private static final String PREFIX = "SWARMCTL_";

    /** Variables that are the command line's and the start script's, not the controller's. */
    private static final Set<String> RESERVED = Set.of(
            "SWARMCTL_CONFIG",
            "SWARMCTL_CONTEXT",
            "SWARMCTL_TOKEN",
            "SWARMCTL_URL",
            "SWARMCTL_CA",
            "SWARMCTL_OUTPUT",
            "SWARMCTL_JAVA",
            "SWARMCTL_JAVA_OPTS",
            "SWARMCTL_HOME");

    /** @param place for messages, as "in the environment" */
    record Given(String value, String place) {}

    static ControllerConfigSources read(
            List<String> options, Map<String, String> flags, Map<String, String> environment, ConfigFile file) {
        ControllerConfigSources sources = new ControllerConfigSources(options, new HashMap<>(), new ArrayList<>());
        sources.readFile(file);
        sources.readEnvironment(environment);
        new TreeMap<>(flags)
                .forEach((name, value) ->
                        sources.add(name, "--" + name, value, "on the command line", known -> "--" + known));
        return sources;
    }

    private void readFile(ConfigFile file) {
        try {
            YamlDocument document = YamlDocument.parse(file.text());
            if (document.json() instanceof JsonObject written) {
                written.forEach(entry -> readEntry(file, document, entry));
            } else if (document.json() != null) {
                problems.add(file.name() + " has no options; write lines such as 'https-port: 8443'");
            }
        } catch (YamlException e) {
            problems.add(
                    e.problem() + " in " + file.name() + " line " + e.place().line() + "; " + e.remedy());
        }
    }

    private void readEntry(ConfigFile file, YamlDocument document, Map.Entry<String, Object> entry) {
        String name = entry.getKey();
        String place = "in " + file.name() + " line "
                + document.key(YamlDocument.pointer("", name)).line();
        String value = entry.getValue() instanceof JsonArray list
                ? list.stream().map(String::valueOf).collect(Collectors.joining(","))
                : String.valueOf(entry.getValue());
        add(name, name, value, place, known -> known);
    }

    private void readEnvironment(Map<String, String> environment) {
        new TreeMap<>(environment).forEach((variable, value) -> {
            if (variable.startsWith(PREFIX) && !RESERVED.contains(variable)) {
                String name = variable.substring(PREFIX.length())
                        .toLowerCase(Locale.ROOT)
                        .replace('_', '-');
                add(name, variable, value, "in the environment", ControllerConfigSources::variable);
            }
        });
    }

    private static String variable(String option) {
        return PREFIX + option.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    /** @param spelling how options are spelled in that place */
    private void add(String name, String spelled, String value, String place, UnaryOperator<String> spelling) {
        if (options.contains(name)) {
            given.put(name, new Given(value, place));
            return;
        }
        Optional<String> near = Nearest.to(name, options).map(spelling);
        String remedy = near.map(option -> "did you mean '" + option + "'?")
                .orElse("known are " + options.stream().map(spelling).collect(Collectors.joining(", ")));
        problems.add("unknown option '" + spelled + "' " + place + "; " + remedy);
    }
}
