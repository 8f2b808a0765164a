package io.swarmctl.controller.store;

import io.swarmctl.controller.fleet.Refusals;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** Refused keys in their rows, which are added and removed and never change. */
final class RefusalRows {
    private RefusalRows() {}

    static Refusals all(Handle handle) {
        SortedMap<Long, String> fingerprints = new TreeMap<>();
        handle.createQuery("SELECT sequence, fingerprint FROM refused_key")
                .map((row, context) -> Map.entry(row.getLong("sequence"), row.getString("fingerprint")))
                .forEach(refused -> fingerprints.put(refused.getKey(), refused.getValue()));
        return new Refusals(fingerprints);
    }

    static void save(Handle handle, Refusals before, Refusals after) {
        if (before.equals(after)) {
            return;
        }
        before.fingerprints().keySet().stream()
                .filter(number -> !after.fingerprints().containsKey(number))
                .forEach(number -> handle.createUpdate("DELETE FROM refused_key WHERE sequence = :sequence")
                        .bind("sequence", number)
                        .execute());
        after.fingerprints().entrySet().stream()
                .filter(entry -> !before.fingerprints().containsKey(entry.getKey()))
                .forEach(entry -> handle.createUpdate(
                                "INSERT INTO refused_key (sequence, fingerprint) VALUES (:sequence, :fingerprint)")
                        .bind("sequence", entry.getKey())
                        .bind("fingerprint", entry.getValue())
                        .execute());
    }
}
