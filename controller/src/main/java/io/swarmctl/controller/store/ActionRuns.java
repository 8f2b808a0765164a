package io.swarmctl.controller.store;

import io.swarmctl.controller.fleet.ActionRun;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** How the actions that nodes have carried out stand in their rows. Only SQL that H2 and PostgreSQL take alike. */
final class ActionRuns {
    private static final String LATEST = " ORDER BY sequence DESC FETCH FIRST :limit ROWS ONLY";

    private ActionRuns() {}

    /** The latest first; of all nodes when {@code nodeId} is empty. */
    static List<ActionRun> latest(Handle handle, String nodeId, int limit) {
        String which = nodeId.isEmpty() ? "" : " WHERE node_id = :node";
        return handle.createQuery(
                        "SELECT node_id, model, title, started_at, millis, ok FROM action_run" + which + LATEST)
                .bind("limit", limit)
                .bindMap(nodeId.isEmpty() ? Map.of() : Map.of("node", nodeId))
                .map((row, context) -> new ActionRun(
                        row.getString("node_id"),
                        row.getString("model"),
                        row.getString("title"),
                        Column.time(row, "started_at"),
                        row.getLong("millis"),
                        row.getBoolean("ok")))
                .list();
    }

    static void add(Handle handle, List<ActionRun> runs) {
        try (PreparedBatch batch =
                handle.prepareBatch("INSERT INTO action_run (node_id, model, title, started_at, millis, ok)"
                        + " VALUES (:node, :model, :title, :started, :millis, :ok)")) {
            for (ActionRun run : runs) {
                batch.bind("node", run.nodeId())
                        .bind("model", run.model())
                        .bind("title", run.action())
                        .bind("started", Column.at(run.startedAt()))
                        .bind("millis", run.millis())
                        .bind("ok", run.ok())
                        .add();
            }
            batch.execute();
        }
    }

    static void cut(Handle handle, int kept) {
        handle.createUpdate("DELETE FROM action_run WHERE sequence <= (SELECT MAX(sequence) FROM action_run) - :kept")
                .bind("kept", kept)
                .execute();
    }
}
