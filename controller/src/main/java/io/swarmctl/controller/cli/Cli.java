package io.swarmctl.controller.cli;

import io.swarmctl.controller.image.flash.SysFiles;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;

/** All commands, and how they are run. Only the one that is asked for is looked at: that keeps it quick. */
public final class Cli {
    private static final SysFiles MACHINE = new SysFiles(Path.of("/"));

    private static final List<Entry> COMMANDS = List.of(
            new Entry("controller", ControllerCommand::new),
            new Entry("login", Login::new),
            new Entry("status", Status::new),
            new Entry("timeline", Timeline::new),
            group(
                    "nodes",
                    "Nodes: see them, let them in, take them out.",
                    "swarmctl nodes list -o wide",
                    new Entry("list", NodesList::new),
                    new Entry("show", NodesShow::new),
                    new Entry("plan", NodesPlan::new),
                    new Entry("logs", NodesLogs::new),
                    new Entry("diagnose", NodesDiagnose::new),
                    new Entry("label", NodesLabel::new),
                    new Entry("rename", NodesRename::new),
                    new Entry("approve", NodesApprove::new),
                    new Entry("refuse", NodesRefuse::new),
                    new Entry("revoke", NodesRevoke::new),
                    new Entry("adopt", NodesAdopt::new),
                    new Entry("remove", NodesRemove::new)),
            group(
                    "bench",
                    "Benchmarks: how fast nodes are, and models of boards.",
                    "swarmctl bench show",
                    new Entry("run", BenchRun::new),
                    new Entry("show", BenchShow::new),
                    new Entry("list", BenchList::new)),
            group(
                    "roles",
                    "Roles: who is manager, who is worker.",
                    "swarmctl roles list",
                    new Entry("list", RolesList::new),
                    new Entry("assign", RolesAssign::new),
                    new Entry("unassign", RolesUnassign::new),
                    new Entry("auto", RolesAuto::new)),
            group(
                    "swarm",
                    "The Docker Swarm that the nodes make.",
                    "swarmctl swarm show",
                    new Entry("show", SwarmShow::new),
                    new Entry("recover", SwarmRecover::new)),
            group(
                    "enrolment",
                    "Enrolment keys, which let new nodes in.",
                    "swarmctl enrolment list",
                    new Entry("create", EnrolmentCreate::new),
                    new Entry("list", EnrolmentList::new),
                    new Entry("revoke", EnrolmentRevoke::new)),
            group(
                    "tokens",
                    "Access tokens, which let people and programs in.",
                    "swarmctl tokens list",
                    new Entry("list", TokensList::new),
                    new Entry("create", TokensCreate::new),
                    new Entry("revoke", TokensRevoke::new),
                    new Entry("logout", TokensLogout::new)),
            group(
                    "image",
                    "The SD card image that all nodes are flashed with.",
                    "swarmctl image inspect fleet.img",
                    new Entry("fetch-docker", ImageFetchDocker::new),
                    new Entry("build", ImageBuild::new),
                    new Entry("inspect", ImageInspect::new),
                    new Entry("devices", surroundings -> new ImageDevices(surroundings, MACHINE)),
                    new Entry("flash", surroundings -> new ImageFlash(surroundings, MACHINE))),
            group(
                    "fleet",
                    "The fleet's policy, as a file.",
                    "swarmctl fleet export > fleet.yaml",
                    new Entry("export", FleetExport::new),
                    new Entry("diff", FleetDiff::new),
                    new Entry("apply", FleetApply::new)),
            group(
                    "cache",
                    "The packages that the controller keeps for its nodes.",
                    "swarmctl cache status",
                    new Entry("status", CacheStatus::new),
                    new Entry("clear", CacheClear::new)),
            group(
                    "context",
                    "The controllers that you have logged in to.",
                    "swarmctl context list",
                    new Entry("list", ContextList::new),
                    new Entry("use", ContextUse::new),
                    new Entry("remove", ContextRemove::new)),
            group(
                    "report",
                    "How long what nodes do takes.",
                    "swarmctl report durations",
                    new Entry("durations", ReportDurations::new),
                    new Entry("actions", ReportActions::new)),
            new Entry("simulate", Simulate::new),
            new Entry("version", VersionCommand::new),
            new Entry("completion", Completion::new),
            new Entry("__names", Names::new),
            new Entry("__rehearse", Rehearsal::new));

    private Cli() {}

    /**
     * A command, or a word with commands below it.
     *
     * @param about what the help of a word says; a command has its own
     */
    private record Entry(String name, About about, Function<Surroundings, Object> command, List<Entry> below) {
        record About(String description, String example) {}

        Entry(String name, Function<Surroundings, Object> command) {
            this(name, new About("", ""), command, List.of());
        }
    }

    private static Entry group(String name, String description, String example, Entry... below) {
        return new Entry(name, new Entry.About(description, example), surroundings -> new Group(), List.of(below));
    }

    /** Runs a command and returns its exit code. */
    public static int run(Surroundings surroundings, String... args) {
        String[] meant = helpAsOption(args);
        return commandLine(surroundings, meant).execute(meant);
    }

    /** Some type {@code help} where others type {@code --help}. */
    private static String[] helpAsOption(String... args) {
        int words = Math.min(2, args.length);
        int at = Arrays.asList(args).subList(0, words).indexOf("help");
        if (at < 0) {
            return args;
        }
        List<String> others = new ArrayList<>(Arrays.asList(args));
        others.remove(at);
        others.add("--help");
        return others.toArray(new String[0]);
    }

    /** The two words of each command whose second one that is. */
    static List<String> commandsNamed(String second) {
        return COMMANDS.stream()
                .filter(entry ->
                        entry.below().stream().anyMatch(below -> below.name().equals(second)))
                .map(entry -> entry.name() + " " + second)
                .toList();
    }

    /** The whole command line, with every command in it. */
    static CommandLine whole(Surroundings surroundings) {
        CommandLine root = commandLine(surroundings);
        for (Entry entry : COMMANDS) {
            CommandLine child = root.getSubcommands().get(entry.name());
            if (child != null && child.getSubcommands().isEmpty()) {
                entry.below().forEach(below -> add(child, below, surroundings));
            }
        }
        return root;
    }

    private static CommandLine commandLine(Surroundings surroundings, String... args) {
        CommandLine root = new CommandLine(new Root(surroundings));
        equip(root.getCommandSpec());
        String wanted = args.length == 0 ? "" : args[0];
        List<Entry> chosen =
                COMMANDS.stream().filter(entry -> entry.name().equals(wanted)).toList();
        for (Entry entry : chosen.isEmpty() ? COMMANDS : chosen) {
            CommandLine child = add(root, entry, surroundings);
            if (!chosen.isEmpty()) {
                entry.below().forEach(below -> add(child, below, surroundings));
            }
        }
        Failures failures = new Failures(surroundings);
        return root.setOut(writer(surroundings.out()))
                .setErr(writer(surroundings.err()))
                .setColorScheme(Help.defaultColorScheme(surroundings.colours() ? Ansi.ON : Ansi.OFF))
                .setParameterExceptionHandler(failures)
                .setExecutionExceptionHandler(failures);
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }

    private static CommandLine add(CommandLine parent, Entry entry, Surroundings surroundings) {
        CommandLine child = new CommandLine(entry.command().apply(surroundings));
        CommandSpec spec = child.getCommandSpec().name(entry.name());
        if (!entry.below().isEmpty()) {
            spec.usageMessage()
                    .description(entry.about().description())
                    .footer("", "Example:", "  " + entry.about().example());
        }
        equip(spec);
        parent.addSubcommand(entry.name(), child);
        return child;
    }

    /** Gives a command what all have. */
    private static void equip(CommandSpec spec) {
        spec.addMixin("general", CommandSpec.forAnnotatedObject(new General()));
        List<String> footer = new ArrayList<>(List.of(spec.usageMessage().footer()));
        footer.add("");
        spec.usageMessage().footer(footer.toArray(new String[0]));
        Map<String, String> codes = new LinkedHashMap<>();
        codes.put("0", "done");
        codes.put("1", "failed");
        codes.put("2", "what was typed makes no sense");
        codes.put("3", "not (yet) so: a plan with changes, a wait that timed out");
        spec.usageMessage().exitCodeListHeading("%nExit codes:%n").exitCodeList(codes);
    }
}
