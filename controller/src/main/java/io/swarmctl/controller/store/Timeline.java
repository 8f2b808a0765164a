package io.swarmctl.controller.store;

import io.swarmctl.controller.fleet.FleetEvent;
import io.swarmctl.controller.fleet.LogLine;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** How events and the nodes' log lines stand in their rows. Only SQL that H2 and PostgreSQL take alike. */
final class Timeline {
    private Timeline() {}

    /** The newest first. */
    static List<FleetEvent> events(Handle handle, int limit) {
        return handle.createQuery("SELECT happened_at, actor, node_id, message FROM event"
                        + " ORDER BY sequence DESC FETCH FIRST :limit ROWS ONLY")
                .bind("limit", limit)
                .map((row, context) -> event(row))
                .list();
    }

    /** The newest first. */
    static List<FleetEvent> eventsOf(Handle handle, String nodeId, int limit) {
        return handle.createQuery("SELECT happened_at, actor, node_id, message FROM event WHERE node_id = :node"
                        + " ORDER BY sequence DESC FETCH FIRST :limit ROWS ONLY")
                .bind("node", nodeId)
                .bind("limit", limit)
                .map((row, context) -> event(row))
                .list();
    }

    private static FleetEvent event(ResultSet row) throws SQLException {
        return new FleetEvent(
                Column.time(row, "happened_at"),
                row.getString("actor"),
                row.getString("node_id"),
                row.getString("message"));
    }

    static void addEvents(Handle handle, List<FleetEvent> events) {
        if (events.isEmpty()) {
            return;
        }
        try (PreparedBatch batch = handle.prepareBatch("INSERT INTO event (happened_at, actor, node_id, message)"
                + " VALUES (:at, :actor, :node, :message)")) {
            for (FleetEvent event : events) {
                batch.bind("at", Column.at(event.at()))
                        .bind("actor", event.actor())
                        .bind("node", event.nodeId())
                        .bind("message", event.text())
                        .add();
            }
            batch.execute();
        }
    }

    static void cutEvents(Handle handle, int kept) {
        handle.createUpdate("DELETE FROM event WHERE sequence <= (SELECT MAX(sequence) FROM event) - :kept")
                .bind("kept", kept)
                .execute();
    }

    /** The oldest first. */
    static List<LogLine> lines(Handle handle, String nodeId, long after, int limit) {
        return handle.createQuery("SELECT sequence, node_id, printed_at, action, message FROM log_line"
                        + " WHERE node_id = :node AND sequence > :after"
                        + " ORDER BY sequence FETCH FIRST :limit ROWS ONLY")
                .bind("node", nodeId)
                .bind("after", after)
                .bind("limit", limit)
                .map((row, context) -> new LogLine(
                        row.getLong("sequence"),
                        row.getString("node_id"),
                        Column.time(row, "printed_at"),
                        row.getString("action"),
                        row.getString("message")))
                .list();
    }

    static void addLines(Handle handle, List<LogLine> lines) {
        try (PreparedBatch batch = handle.prepareBatch("INSERT INTO log_line (node_id, printed_at, action, message)"
                + " VALUES (:node, :at, :action, :message)")) {
            for (LogLine line : lines) {
                batch.bind("node", line.nodeId())
                        .bind("at", Column.at(line.at()))
                        .bind("action", line.action())
                        .bind("message", line.text())
                        .add();
            }
            batch.execute();
        }
    }

    static void cutLines(Handle handle, String nodeId, int kept) {
        handle.createUpdate("DELETE FROM log_line WHERE node_id = :node AND sequence <= (SELECT sequence FROM log_line"
                        + " WHERE node_id = :node ORDER BY sequence DESC OFFSET :kept ROWS FETCH NEXT 1 ROWS ONLY)")
                .bind("node", nodeId)
                .bind("kept", kept)
                .execute();
    }
}
