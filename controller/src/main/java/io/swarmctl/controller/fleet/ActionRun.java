package io.swarmctl.controller.fleet;

import io.swarmctl.common.wire.Report;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An action that a node has carried out, once.
 *
 * @param model of the board
 * @param action its title
 * @param startedAt by the controller's clock: the node's may be years off
 */
public record ActionRun(String nodeId, String model, String action, Instant startedAt, long millis, boolean ok) {
    /** Titles that name somebody or something, after what they all begin with. */
    private static final List<Pattern> NAMING = List.of(
            Pattern.compile("(set hostname) .*"),
            Pattern.compile("(create user) .*"),
            Pattern.compile("(set the password) of .*"),
            Pattern.compile("(lock the password) of .*"),
            Pattern.compile("(add) .* (to group) .*"),
            Pattern.compile("(give) .* (SSH keys?)"),
            Pattern.compile("(make) .* (a worker of the swarm)"),
            Pattern.compile("(remove) .* (from the swarm's list)"));

    /**
     * The runs that a report tells of for the first time.
     *
     * @param before the node's previous report; null when this is its first
     * @param at when the report came; its latest action is taken to have ended then
     */
    public static List<ActionRun> ended(@Nullable Report before, Report report, String model, Instant at) {
        long latestEnd = report.outcomes().stream()
                .mapToLong(outcome -> outcome.startedAt() + outcome.durationMillis())
                .max()
                .orElse(0);
        return report.outcomes().stream()
                .filter(outcome -> before == null || !before.outcomes().contains(outcome))
                .map(outcome -> new ActionRun(
                        report.nodeId(),
                        model,
                        outcome.action(),
                        at.minusMillis(latestEnd - outcome.startedAt()),
                        outcome.durationMillis(),
                        outcome.ok()))
                .toList();
    }

    /** What kind of action it was: its title without the names in it. */
    public String kind() {
        return NAMING.stream()
                .map(pattern -> pattern.matcher(action))
                .filter(Matcher::matches)
                .findFirst()
                .map(found -> found.groupCount() == 1 ? found.group(1) : found.group(1) + " ... " + found.group(2))
                .orElse(action);
    }
}
