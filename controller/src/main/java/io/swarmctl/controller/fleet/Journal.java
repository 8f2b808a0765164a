package io.swarmctl.controller.fleet;

import io.swarmctl.common.wire.Failure;
import io.swarmctl.common.wire.Outcome;
import io.swarmctl.common.wire.Report;
import io.swarmctl.common.wire.Running;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a node's log says of a report: which actions have begun and ended since the one before. */
public final class Journal {
    private static final double MILLIS_A_SECOND = 1000.0;

    private Journal() {}

    /** @param before the node's previous report; null when this is its first */
    public static List<LogLine> lines(@Nullable Report before, Report report, Instant at) {
        List<LogLine> lines = new ArrayList<>();
        for (Outcome outcome : report.outcomes()) {
            if (before == null || !before.outcomes().contains(outcome)) {
                lines.add(new LogLine(0, report.nodeId(), at, outcome.action(), end(outcome)));
                Failure failure = outcome.failure();
                if (failure != null) {
                    lines.add(new LogLine(0, report.nodeId(), at, outcome.action(), toDo(failure.remedy())));
                }
            }
        }
        Running running = report.running();
        if (running != null && !isSame(running, before == null ? null : before.running())) {
            lines.add(new LogLine(0, report.nodeId(), at, running.action(), "begin"));
        }
        return lines;
    }

    private static String toDo(String remedy) {
        return remedy.startsWith("nothing to do") ? remedy : "to do: " + remedy;
    }

    private static boolean isSame(Running running, @Nullable Running before) {
        return before != null
                && running.startedAt() == before.startedAt()
                && running.action().equals(before.action());
    }

    private static String end(Outcome outcome) {
        String seconds = String.format(Locale.ROOT, "%.1f s", outcome.durationMillis() / MILLIS_A_SECOND);
        Failure failure = outcome.failure();
        return failure == null ? "done in " + seconds : "failed after " + seconds + ": " + failure.problem();
    }
}
