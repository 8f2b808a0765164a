package io.swarmctl.controller.gateway;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells the fleet's timeline what nodes did: of each once a minute at the most, with how many times it was besides.
 * Used on several event loops, so the methods exclude each other. Times are in nanoseconds from any origin.
 */
final class Audit {
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final Timeline timeline;
    private final Map<String, Entry> entries = new HashMap<>();

    /** @param unsaid how many came since */
    private record Entry(long at, int unsaid, String latest) {}

    Audit(Timeline timeline) {
        this.timeline = timeline;
    }

    synchronized void tell(String nodeId, String text, long now) {
        Entry last = entries.get(nodeId);
        if (last != null && now - last.at() < MINUTE) {
            entries.put(nodeId, new Entry(last.at(), last.unsaid() + 1, text));
            return;
        }
        int unsaid = last == null ? 0 : last.unsaid();
        entries.put(nodeId, new Entry(now, 0, ""));
        timeline.note(nodeId, unsaid == 0 ? text : text + " (and " + unsaid + " more before)");
    }

    /** Tells what is left unsaid, and forgets those of whom everything is told. To be called now and then. */
    synchronized void catchUp(long now) {
        List<String> due = new ArrayList<>();
        entries.forEach((nodeId, entry) -> {
            if (now - entry.at() >= MINUTE) {
                due.add(nodeId);
            }
        });
        for (String nodeId : due) {
            Entry entry = entries.remove(nodeId);
            if (entry != null && entry.unsaid() > 0) {
                entries.put(nodeId, new Entry(now, 0, ""));
                String others = entry.unsaid() == 1 ? "" : " (and " + (entry.unsaid() - 1) + " more before)";
                timeline.note(nodeId, entry.latest() + others);
            }
        }
    }
}
