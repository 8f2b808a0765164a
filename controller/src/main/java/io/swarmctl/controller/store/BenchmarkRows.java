package io.swarmctl.controller.store;

import io.swarmctl.common.wire.Benchmark.Measured;
import io.swarmctl.controller.fleet.BenchmarkRun;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** How benchmarks stand in their rows. Only SQL that H2 and PostgreSQL take alike. */
final class BenchmarkRows {
    private BenchmarkRows() {}

    /** By node, the latest first. */
    static List<BenchmarkRun> all(Handle handle) {
        return handle.createQuery("SELECT node_id, number, model, agent_version, taken_at, throttled, celsius_before,"
                        + " celsius_after, measured_json FROM benchmark ORDER BY node_id, number DESC")
                .map((row, context) -> new BenchmarkRun(
                        row.getString("node_id"),
                        row.getLong("number"),
                        row.getString("model"),
                        row.getString("agent_version"),
                        Column.time(row, "taken_at"),
                        row.getBoolean("throttled"),
                        real(row, "celsius_before"),
                        real(row, "celsius_after"),
                        Column.required(row, "measured_json", Measured.class)))
                .list();
    }

    /** Adds one, in the place of another one with its number. */
    static void put(Handle handle, BenchmarkRun run) {
        handle.createUpdate("DELETE FROM benchmark WHERE node_id = :node AND number = :number")
                .bind("node", run.nodeId())
                .bind("number", run.number())
                .execute();
        handle.createUpdate("INSERT INTO benchmark (node_id, number, model, agent_version, taken_at, throttled,"
                        + " celsius_before, celsius_after, measured_json) VALUES (:node, :number, :model, :version,"
                        + " :taken, :throttled, :before, :after, :measured)")
                .bind("node", run.nodeId())
                .bind("number", run.number())
                .bind("model", run.model())
                .bind("version", run.agentVersion())
                .bind("taken", Column.at(run.takenAt()))
                .bind("throttled", run.throttled())
                .bind("before", run.celsiusBefore())
                .bind("after", run.celsiusAfter())
                .bind("measured", Column.json(run.measured(), Measured.class))
                .execute();
    }

    /** Leaves that many of a node, the latest. */
    static void cut(Handle handle, String nodeId, int kept) {
        handle.createUpdate(
                        "DELETE FROM benchmark WHERE node_id = :node AND number NOT IN (SELECT number FROM benchmark"
                                + " WHERE node_id = :node ORDER BY number DESC FETCH FIRST :kept ROWS ONLY)")
                .bind("node", nodeId)
                .bind("kept", kept)
                .execute();
    }

    static void remove(Handle handle, String nodeId) {
        handle.createUpdate("DELETE FROM benchmark WHERE node_id = :node")
                .bind("node", nodeId)
                .execute();
    }

    private static @Nullable Double real(ResultSet row, String column) throws SQLException {
        double value = row.getDouble(column);
        return row.wasNull() ? null : value;
    }
}
