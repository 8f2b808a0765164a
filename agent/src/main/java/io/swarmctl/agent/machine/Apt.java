package io.swarmctl.agent.machine;

import io.swarmctl.agent.machine.Commands.Command;
import io.swarmctl.agent.machine.Commands.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs apt and dpkg: without questions, waiting for their turn, and with failures put into words. */
final class Apt {
    private static final Map<String, String> WITHOUT_QUESTIONS = Map.of(
            "DEBIAN_FRONTEND", "noninteractive",
            "DEBCONF_NONINTERACTIVE_SEEN", "true",
            "APT_LISTCHANGES_FRONTEND", "none",
            "NEEDRESTART_MODE", "a");
    private static final List<String> ALWAYS = List.of(
            "-y",
            "-q",
            "-oDpkg::Use-Pty=0",
            "-oAPT::Status-Fd=3",
            "-oDPkg::Lock::Timeout=600",
            "-oAcquire::Retries=5",
            "-oAcquire::http::Timeout=30",
            "-oAcquire::https::Timeout=30",
            "-oDpkg::Options::=--force-confdef",
            "-oDpkg::Options::=--force-confold");
    /**
     * apt tells programs how far it is through a descriptor that it closes for its children, so it must not be the
     * standard output: maintainer scripts could not write to theirs.
     */
    private static final List<String> TELLING_PROGRESS = List.of("sh", "-c", "exec \"$@\" 3>&1", "apt-get");

    private static final List<String> FIX_BROKEN = List.of("--fix-broken", "--no-install-recommends", "install");

    private static final Duration LONGEST = Duration.ofHours(3);
    private static final Duration TURN_COMES_WITHIN = Duration.ofMinutes(10);
    private static final Duration TURN_ASKED_EVERY = Duration.ofSeconds(5);

    private final Commands commands;
    private final Patience patience;
    private final PackageDatabase database;
    private final AptFetching fetching;

    Apt(Layout layout, Commands commands, Patience patience, PackageDatabase database) {
        this.commands = commands;
        this.patience = patience;
        this.database = database;
        this.fetching = new AptFetching(new AptSources(layout), database.way(), this::aptGet);
    }

    void repair(Output output) throws MachineException {
        String doing = "repair the packages";
        run(List.of("dpkg", "--force-confdef", "--force-confold", "--configure", "-a"), doing, output);
        Result result = fixBroken(output);
        if (AptTrouble.in(problems(result)).filter(AptTrouble::isAboutAge).isPresent()) {
            // What dpkg was cut short in can only be installed anew, for which apt has to know where it is.
            output.line("what is broken cannot be found in the package index; fetching that anew");
            database.index().noteUseless();
            refresh(output);
            result = fetching.run(FIX_BROKEN, output);
        }
        succeeded(result, doing);
        // An installation from the card that was cut short may be complete now: nobody will ask for it again.
        database.card().removeOnceServed();
    }

    /** What was cut short while it was installed from the card is there again; without an index nothing else is. */
    private Result fixBroken(Output output) throws MachineException {
        if (database.card().docker() == null) {
            return fetching.run(FIX_BROKEN, output);
        }
        if (database.index().ageSeconds() == null) {
            Result fixed = fixBrokenFromCard(output);
            return fixed.ok() ? fixed : fetching.run(FIX_BROKEN, output);
        }
        Result fixed = fetching.run(FIX_BROKEN, output);
        return fixed.ok() ? fixed : fixBrokenFromCard(output);
    }

    private Result fixBrokenFromCard(Output output) throws MachineException {
        List<String> alone = database.card().alone();
        Result updated = aptGet(with(alone, List.of("update")), output);
        return updated.ok() ? aptGet(with(alone, FIX_BROKEN), output) : updated;
    }

    /** Fails when any index could not be fetched: apt by itself only warns, and goes on with old ones. */
    void refresh(Output output) throws MachineException {
        List<String> options = List.of(
                "-oAPT::Update::Error-Mode=any",
                "-oAcquire::AllowReleaseInfoChange::Suite=true",
                // Descriptions for people are 40 % of what there is to fetch.
                "-oAcquire::Languages=none",
                "update");
        String doing = "refresh the package index";
        database.index().beginFetching();
        Result result = fetching.run(options, output);
        database.index().endFetching();
        succeeded(result, doing);
        if (AptFetching.failedToFetch(result)) {
            throw failure(result, doing);
        }
        database.index().noteFresh();
    }

    void upgrade(Output output) throws MachineException {
        succeeded(fetching.run(List.of("dist-upgrade"), output), "upgrade the packages");
    }

    /** Installs what is named and what it needs, and nothing that it merely recommends. */
    void install(List<String> packages, Output output) throws MachineException {
        List<String> arguments = new ArrayList<>(List.of("--no-install-recommends", "install"));
        arguments.addAll(packages);
        succeeded(fetching.run(arguments, output), "install " + String.join(" ", packages));
    }

    /** As {@link #install}, from these files and what is installed already: without sources apt asks no network. */
    void installFiles(List<String> files, Output output) throws MachineException {
        List<String> arguments = new ArrayList<>(List.of(
                "-oDir::Etc::SourceList=/dev/null",
                "-oDir::Etc::SourceParts=/dev/null",
                "--no-install-recommends",
                "install"));
        arguments.addAll(files);
        succeeded(aptGet(arguments, output), "install " + files.size() + " package files");
    }

    /**
     * As {@link #install}, from what came with the card alone: no network is asked. When that is of no use, it goes, and
     * what comes next is fetched.
     */
    void install(List<String> packages, CardPackages card, Output output) throws MachineException {
        List<String> alone = card.alone();
        Result result = aptGet(with(alone, List.of("update")), output);
        if (result.ok()) {
            List<String> arguments = new ArrayList<>(List.of("--no-install-recommends", "install"));
            arguments.addAll(packages);
            result = aptGet(with(alone, arguments), output);
        }
        if (result.ok()) {
            return;
        }
        if (AptTrouble.in(result.lines()).map(AptTrouble::isAboutContent).orElse(true)) {
            card.remove();
            database.way().note("the Docker packages at hand are damaged, or do not fit this system");
            throw new MachineException(
                    "cannot install Docker from the card: its packages are damaged, or do not fit this system",
                    "nothing to do: the agent fetches them from the network",
                    true,
                    null);
        }
        throw failure(result, "install Docker from the card");
    }

    private static List<String> with(List<String> options, List<String> arguments) {
        List<String> all = new ArrayList<>(options);
        all.addAll(arguments);
        return all;
    }

    /** Whether the index has such a package to install. */
    boolean offers(String name) throws MachineException {
        Result answer = commands.run(Command.of("apt-cache", "policy", name), line -> {});
        return answer.lines().stream()
                .map(String::strip)
                .anyMatch(line -> line.startsWith("Candidate:") && !line.endsWith("(none)"));
    }

    private Result aptGet(List<String> arguments, Output output) throws MachineException {
        List<String> argv = new ArrayList<>(TELLING_PROGRESS);
        argv.add("apt-get");
        argv.addAll(ALWAYS);
        argv.addAll(arguments);
        return inTurn(argv, output);
    }

    private void run(List<String> argv, String doing, Output output) throws MachineException {
        succeeded(inTurn(argv, output), doing);
    }

    /** Some of apt's and dpkg's locks are not waited for by themselves. */
    private Result inTurn(List<String> argv, Output output) throws MachineException {
        Command command = Command.of(argv).with(WITHOUT_QUESTIONS).within(LONGEST);
        List<Result> last = new ArrayList<>();
        boolean ignored = patience.until(TURN_COMES_WITHIN, TURN_ASKED_EVERY, () -> {
            last.clear();
            last.add(commands.run(command, new AptProgress(output)));
            return AptTrouble.in(problems(last.get(0)))
                    .filter(AptTrouble::isAboutTurns)
                    .isEmpty();
        });
        return last.get(0);
    }

    static List<String> problems(Result result) {
        return result.ok() ? List.of() : result.lines();
    }

    private void succeeded(Result result, String doing) throws MachineException {
        if (!result.ok()) {
            if (AptTrouble.in(result.lines()).filter(AptTrouble::isAboutAge).isPresent()) {
                database.index().noteUseless();
            }
            throw failure(result, doing);
        }
    }

    private static MachineException failure(Result result, String doing) {
        Optional<AptTrouble> trouble = AptTrouble.in(result.lines());
        if (trouble.isPresent()) {
            return MachineException.of(trouble.get().in(doing));
        }
        String lastWords = result.lines().stream()
                .filter(line -> !AptProgress.isStatus(line))
                .reduce("", (first, second) -> second);
        return new MachineException("cannot " + doing + ": " + lastWords, "see what it printed", true, null);
    }
}
