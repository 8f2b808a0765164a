package io.swarmctl.controller.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Which words may follow which, as shells take it. A word that begins with {@code @} stands for names. */
final class CompletionTable {
    /** What is asked for by the labels of options and parameters. */
    private static final Map<String, String> KINDS = Map.of(
            "NODE", "@nodes",
            "NODE|LABEL", "@nodes",
            "ROLE", "@roles",
            "FILE", "@files",
            "DIR", "@files",
            "DEVICE", "@files",
            "IMAGE", "@files",
            "STATE", String.join(" ", NodeSelector.STATES));

    private final Map<String, CommandSpec> commands = new LinkedHashMap<>();

    CompletionTable(CommandLine root) {
        collect("", root);
    }

    private void collect(String path, CommandLine command) {
        if (command.getCommandSpec().usageMessage().hidden()) {
            return;
        }
        commands.put(path, command.getCommandSpec());
        command.getSubcommands().forEach((name, below) -> collect(path.isEmpty() ? name : path + " " + name, below));
    }

    /** Functions that print words, for shells that understand POSIX. */
    String forSh() {
        return function("__swarmctl_below", CompletionTable::below)
                + function("__swarmctl_options", CompletionTable::options)
                + function("__swarmctl_operands", CompletionTable::operands)
                + values();
    }

    private String function(String name, Function<CommandSpec, String> words) {
        StringBuilder text = new StringBuilder(name + "() {\n  case $1 in\n");
        commands.forEach((path, spec) -> {
            String found = words.apply(spec);
            if (!found.isEmpty()) {
                text.append("    '")
                        .append(path)
                        .append("') echo '")
                        .append(found)
                        .append("' ;;\n");
            }
        });
        return text.append("  esac\n}\n").toString();
    }

    private String values() {
        StringBuilder text = new StringBuilder("__swarmctl_values() {\n  case \"$1 $2\" in\n");
        commands.forEach((path, spec) -> {
            for (OptionSpec option : spec.options()) {
                if (takesValue(option)) {
                    String names = String.join(
                            " | ",
                            Arrays.stream(option.names())
                                    .map(name -> "'" + path + " " + name + "'")
                                    .toList());
                    text.append("    ")
                            .append(names)
                            .append(") echo '")
                            .append(kind(option))
                            .append("' ;;\n");
                }
            }
        });
        return text.append("  esac\n}\n").toString();
    }

    private static String below(CommandSpec spec) {
        return String.join(
                " ",
                spec.subcommands().values().stream()
                        .map(CommandLine::getCommandSpec)
                        .filter(below -> !below.usageMessage().hidden())
                        .map(CommandSpec::name)
                        .toList());
    }

    private static String options(CommandSpec spec) {
        List<String> names = new ArrayList<>();
        spec.options().stream().filter(option -> !option.hidden()).forEach(option -> names.add(option.longestName()));
        return String.join(" ", names);
    }

    private static String operands(CommandSpec spec) {
        return String.join(
                " ",
                spec.positionalParameters().stream()
                        .map(CompletionTable::kind)
                        .filter(kind -> !kind.equals("@none"))
                        .distinct()
                        .toList());
    }

    private static boolean takesValue(OptionSpec option) {
        return option.arity().max() > 0;
    }

    /** What an option or a parameter takes: words, a kind of names, or {@code @none} for what only a person knows. */
    private static String kind(ArgSpec arg) {
        List<String> candidates = new ArrayList<>();
        if (arg.completionCandidates() != null) {
            arg.completionCandidates().forEach(candidates::add);
        }
        return candidates.isEmpty()
                ? KINDS.getOrDefault(arg.paramLabel().toUpperCase(Locale.ROOT), "@none")
                : String.join(" ", candidates);
    }

    /** A line for each command and each option. */
    String forFish() {
        StringBuilder text = new StringBuilder();
        commands.forEach((path, spec) -> {
            String at = "-n '__swarmctl_at " + path + "'";
            spec.subcommands().forEach((name, below) -> {
                if (!below.getCommandSpec().usageMessage().hidden()) {
                    text.append("complete -c swarmctl -n '__swarmctl_is ")
                            .append(path)
                            .append("' -a ")
                            .append(name)
                            .append(description(
                                    below.getCommandSpec().usageMessage().description()))
                            .append('\n');
                }
            });
            String operands = fishWords(operands(spec));
            if (!operands.isEmpty()) {
                text.append("complete -c swarmctl ").append(at).append(operands).append('\n');
            }
            for (OptionSpec option : spec.options()) {
                text.append(fish(at, option));
            }
        });
        return text.toString();
    }

    private static String fish(String at, OptionSpec option) {
        StringBuilder line = new StringBuilder("complete -c swarmctl " + at);
        for (String name : option.names()) {
            line.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
        }
        if (takesValue(option)) {
            line.append(kind(option).equals("@files") ? " -r -F" : " -x").append(fishWords(kind(option)));
        }
        return line.append(description(option.description())).append('\n').toString();
    }

    private static String fishWords(String kind) {
        return switch (kind) {
            case "", "@none" -> "";
            case "@files" -> " -F";
            default ->
                kind.startsWith("@")
                        ? " -a '(__swarmctl_names " + kind.substring(1).replace(" @", " ") + ")'"
                        : " -a '"
                                + kind.replace("@nodes", "(__swarmctl_names nodes)")
                                        .replace("@roles", "(__swarmctl_names roles)")
                                + "'";
        };
    }

    private static String description(String... lines) {
        return lines.length == 0
                ? ""
                : " -d '"
                        + String.format(lines[0])
                                .replaceAll("\\$\\{[^}]*}[;,]? ?", "")
                                .replace("'", "\\'") + "'";
    }
}
