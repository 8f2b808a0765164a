package io.swarmctl.agent.machine;

import io.swarmctl.agent.machine.Commands.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Runs apt where it has to fetch something: through the fleet's package cache, and when that does not give what is needed,
 * directly, within the same run. A controller that goes away is waited for first, as all its nodes would else ask the
 * archives at once; apt keeps what it has got.
 */
final class AptFetching {
    /** On loopback a second try is as good as a fifth, and directly there are more. */
    private static final String FEWER_TRIES = "-oAcquire::Retries=2";

    /** Has the cache fetch anew what turned out to be damaged. */
    private static final String ANEW = "-oAcquire::http::No-Cache=true";

    /** Begins what apt says when it has fetched everything, before dpkg is run. */
    private static final String ALL_HAS_COME = "Fetched ";

    private static final int MOST_TIMES_LOST = 5;

    private static final String BY_IPV4 = "-oAcquire::ForceIPv4=true";

    private final AptSources sources;
    private final PackageWay way;
    private final AptGet aptGet;

    /** Runs apt-get with these arguments. */
    @FunctionalInterface
    interface AptGet {
        Result run(List<String> arguments, Output output) throws MachineException;
    }

    AptFetching(AptSources sources, PackageWay way, AptGet aptGet) {
        this.sources = sources;
        this.way = way;
        this.aptGet = aptGet;
    }

    /** How apt ended. Whether it was directly, facts tell. */
    Result run(List<String> arguments, Output output) throws MachineException {
        Trial trial = throughCache(arguments, output);
        for (int lost = 0; trial.lost() && lost < MOST_TIMES_LOST; lost++) {
            trial = throughCache(arguments, output);
        }
        if (trial.result() != null) {
            return trial.result();
        }
        if (trial.trouble() != null) {
            output.line("no packages from the controller: " + trial.trouble() + "; asking the archives themselves");
        }
        return directly(arguments, trial.trouble(), output);
    }

    /**
     * What came of asking the cache once.
     *
     * @param result null when not all that apt needs has come
     * @param trouble why it has not; null when the cache is not to be used
     * @param lost whether it went away meanwhile, and may come again
     */
    private record Trial(@Nullable Result result, @Nullable String trouble, boolean lost) {
        static final Trial NOT_TO_BE_USED = new Trial(null, null, false);
    }

    private Trial throughCache(List<String> arguments, Output output) throws MachineException {
        try (PackageRoute.Opened cache = way.route().open(output)) {
            List<String> options = sources.through(cache);
            if (options.isEmpty()) {
                return Trial.NOT_TO_BE_USED;
            }
            Result result = through(options, arguments, endingTurn(cache, output));
            if (failedToFetch(result)) {
                return new Trial(null, firstProblem(result), cache.isLost());
            }
            way.note(null);
            return new Trial(result, null, false);
        } catch (PackageRoute.Unusable e) {
            return e.isTrouble() ? new Trial(null, e.getMessage(), false) : Trial.NOT_TO_BE_USED;
        } catch (InterruptedException e) {
            throw MachineException.interrupted("waiting for its turn to fetch packages", e);
        }
    }

    /** Most of an installation is unpacking, for which nobody has to wait. */
    private static Output endingTurn(PackageRoute.Opened cache, Output output) {
        return line -> {
            if (line.startsWith(ALL_HAS_COME)) {
                cache.endTurn();
            }
            output.line(line);
        };
    }

    private Result through(List<String> options, List<String> arguments, Output output) throws MachineException {
        List<String> all = new ArrayList<>(options);
        all.add(FEWER_TRIES);
        all.addAll(arguments);
        Result result = aptGet.run(all, output);
        if (AptTrouble.in(Apt.problems(result))
                .filter(AptTrouble::isAboutDamage)
                .isPresent()) {
            output.line("what the controller has kept does not fit; having it fetched anew");
            all.add(0, ANEW);
            result = aptGet.run(all, output);
        }
        return result;
    }

    /** @param trouble what kept it from going through the cache; null when nothing did */
    private Result directly(List<String> arguments, @Nullable String trouble, Output output) throws MachineException {
        Result result = aptGet.run(arguments, output);
        if (AptTrouble.in(Apt.problems(result))
                .filter(AptTrouble::isAboutTheWay)
                .isPresent()) {
            output.line("the package server cannot be reached; trying once more, by IPv4 only");
            List<String> all = new ArrayList<>(List.of(BY_IPV4));
            all.addAll(arguments);
            result = aptGet.run(all, output);
        }
        // Where it fails in either way, it is not for the cache.
        way.note(failedToFetch(result) ? null : trouble);
        return result;
    }

    /** Whether something did not come; apt sometimes takes that lightly. */
    static boolean failedToFetch(Result result) {
        return result.lines().stream().anyMatch(AptFetching::isFailure)
                || AptTrouble.in(Apt.problems(result))
                        .filter(AptTrouble::isAboutTheWay)
                        .isPresent();
    }

    private static boolean isFailure(String line) {
        return line.startsWith("W: Failed to fetch")
                || line.startsWith("E: Failed to fetch")
                || line.startsWith("Err:");
    }

    /** What apt says of it, without the address of our own proxy. */
    private static String firstProblem(Result result) {
        Optional<String> line = result.lines().stream()
                .filter(one -> one.contains("Failed to fetch"))
                .findFirst();
        return line.map(text -> text.replaceFirst("^[EW]: Failed to fetch \\S+ +", "")
                        .replaceFirst(" *\\[IP: [^]]*\\]", "")
                        .strip())
                .filter(text -> !text.isEmpty())
                .orElse("the connection to it breaks off");
    }
}
