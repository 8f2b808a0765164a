package io.swarmctl.controller.store;

import io.swarmctl.common.wire.JoinTokens;
import io.swarmctl.common.wire.NodeSpec;
import io.swarmctl.common.wire.Report;
import io.swarmctl.controller.fleet.EnrolmentKey;
import io.swarmctl.controller.fleet.Fleet;
import io.swarmctl.controller.fleet.FleetNode;
import io.swarmctl.controller.fleet.Live;
import io.swarmctl.controller.fleet.NodeGoal;
import io.swarmctl.controller.fleet.Policy;
import io.swarmctl.controller.fleet.Refusals;
import io.swarmctl.controller.fleet.SwarmRecord;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** How the parts of a fleet stand in their rows. Only SQL that H2 and PostgreSQL take alike. */
final class Rows {
    private static final String PASSWORD = "policy/user/passwordHash";
    private static final String TOKENS = "swarm/tokens";

    private final Vault vault;

    Rows(Vault vault) {
        this.vault = vault;
    }

    /** The fleet without its nodes and keys. */
    Optional<Fleet> fleet(Handle handle) {
        return handle.createQuery("SELECT id, epoch, policy_json, swarm_json, tokens_sealed FROM fleet")
                .map((row, context) -> new Fleet(
                        row.getString("id"),
                        row.getLong("epoch"),
                        policy(row),
                        Map.of(),
                        Map.of(),
                        Refusals.none(),
                        swarm(row),
                        Live.none()))
                .findOne();
    }

    boolean hasFleet(Handle handle) {
        return handle.createQuery("SELECT COUNT(*) FROM fleet")
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    void putFleet(Handle handle, Fleet fleet) {
        SwarmRecord swarm = fleet.swarm();
        JoinTokens tokens = swarm.tokens();
        put(
                handle,
                "UPDATE fleet SET id = :id, epoch = :epoch, policy_json = :policy, swarm_json = :swarm,"
                        + " tokens_sealed = :tokens WHERE only_row = 1",
                "INSERT INTO fleet (only_row, id, epoch, policy_json, swarm_json, tokens_sealed)"
                        + " VALUES (1, :id, :epoch, :policy, :swarm, :tokens)",
                List.of(fleet),
                (row, one) -> row.bind("id", fleet.id())
                        .bind("epoch", fleet.epoch())
                        .bind("policy", Column.json(sealed(fleet.policy()), Policy.class))
                        .bind("swarm", Column.json(without(swarm), SwarmRecord.class))
                        .bind(
                                "tokens",
                                tokens == null ? null : vault.seal(TOKENS, Column.json(tokens, JoinTokens.class))));
    }

    private Policy sealed(Policy policy) {
        Policy.User user = policy.user();
        return user == null ? policy : with(policy, user, vault.seal(PASSWORD, user.passwordHash()));
    }

    private Policy policy(ResultSet row) throws SQLException {
        Policy policy = Column.required(row, "policy_json", Policy.class);
        Policy.User user = policy.user();
        return user == null ? policy : with(policy, user, Column.opened(vault, PASSWORD, user.passwordHash()));
    }

    private static Policy with(Policy policy, Policy.User user, String passwordHash) {
        return policy.withUser(new Policy.User(user.name(), passwordHash, user.sshKeys()));
    }

    private static SwarmRecord without(SwarmRecord swarm) {
        return swarm.withTokens(null);
    }

    private SwarmRecord swarm(ResultSet row) throws SQLException {
        SwarmRecord swarm = Column.required(row, "swarm_json", SwarmRecord.class);
        String sealed = row.getString("tokens_sealed");
        return sealed == null
                ? swarm
                : swarm.withTokens(
                        Column.decoded("tokens_sealed", Column.opened(vault, TOKENS, sealed), JoinTokens.class));
    }

    List<FleetNode> nodes(Handle handle) {
        return handle.createQuery("SELECT id, name, model, memory_bytes, public_jwk, status, status_reason, role,"
                        + " arrived_at, seen_at, report_json, goal_json, spec_json, candidate_json, replaced_by_itself,"
                        + " marks_json"
                        + " FROM node")
                .map((row, context) -> new FleetNode(
                        new FleetNode.Board(
                                row.getString("id"),
                                row.getString("model"),
                                row.getLong("memory_bytes"),
                                Column.time(row, "arrived_at")),
                        row.getString("name"),
                        new FleetNode.Standing(
                                row.getString("public_jwk"),
                                Column.choice(row, "status", FleetNode.Status.class),
                                row.getString("status_reason")),
                        row.getString("role"),
                        heard(row),
                        written(row),
                        new FleetNode.Cards(
                                Column.optional(row, "candidate_json", FleetNode.Candidate.class),
                                row.getBoolean("replaced_by_itself")),
                        marks(row)))
                .list();
    }

    private static FleetNode.@Nullable Heard heard(ResultSet row) throws SQLException {
        Report report = Column.optional(row, "report_json", Report.class);
        return report == null ? null : new FleetNode.Heard(report, Column.time(row, "seen_at"));
    }

    private static FleetNode.@Nullable Written written(ResultSet row) throws SQLException {
        NodeSpec spec = Column.optional(row, "spec_json", NodeSpec.class);
        return spec == null ? null : new FleetNode.Written(Column.optional(row, "goal_json", NodeGoal.class), spec);
    }

    private static FleetNode.Marks marks(ResultSet row) throws SQLException {
        FleetNode.Marks marks = Column.optional(row, "marks_json", FleetNode.Marks.class);
        return marks == null ? FleetNode.Marks.NONE : marks;
    }

    void putNodes(Handle handle, List<FleetNode> nodes) {
        put(
                handle,
                "UPDATE node SET name = :name, model = :model, memory_bytes = :memory, public_jwk = :jwk,"
                        + " status = :status, status_reason = :reason, role = :role, arrived_at = :arrived,"
                        + " seen_at = :seen, report_json = :report, goal_json = :goal, spec_json = :spec,"
                        + " candidate_json = :candidate, replaced_by_itself = :replaced,"
                        + " marks_json = :marks WHERE id = :id",
                "INSERT INTO node (id, name, model, memory_bytes, public_jwk, status, status_reason, role,"
                        + " arrived_at, seen_at, report_json, goal_json, spec_json, candidate_json, replaced_by_itself,"
                        + " marks_json)"
                        + " VALUES (:id, :name, :model, :memory, :jwk, :status, :reason, :role,"
                        + " :arrived, :seen, :report, :goal, :spec, :candidate, :replaced, :marks)",
                nodes,
                Rows::bound);
    }

    private static PreparedBatch bound(PreparedBatch row, FleetNode node) {
        Report report = node.report();
        NodeGoal goal = node.goal();
        NodeSpec spec = node.spec();
        FleetNode.Candidate candidate = node.candidate();
        return row.bind("id", node.id())
                .bind("name", node.name())
                .bind("model", node.model())
                .bind("memory", node.board().memoryBytes())
                .bind("jwk", node.publicJwk())
                .bind("status", node.status().name())
                .bind("reason", node.standing().reason())
                .bind("role", node.role())
                .bind("arrived", Column.at(node.board().arrivedAt()))
                .bind("seen", Column.at(node.seenAt()))
                .bind("report", report == null ? null : Column.json(report, Report.class))
                .bind("goal", goal == null ? null : Column.json(goal, NodeGoal.class))
                .bind("spec", spec == null ? null : Column.json(spec, NodeSpec.class))
                .bind("candidate", candidate == null ? null : Column.json(candidate, FleetNode.Candidate.class))
                .bind("replaced", node.cards().replacedByItself())
                .bind("marks", Column.json(node.marks(), FleetNode.Marks.class));
    }

    void removeNode(Handle handle, String id) {
        handle.createUpdate("DELETE FROM node WHERE id = :id").bind("id", id).execute();
        handle.createUpdate("DELETE FROM log_line WHERE node_id = :id")
                .bind("id", id)
                .execute();
    }

    /** The oldest first. */
    List<EnrolmentKey> keys(Handle handle) {
        return handle.createQuery("SELECT id, secret_hash, created_at, expires_at, uses_left, revoked"
                        + " FROM enrolment_key ORDER BY created_at, id")
                .map((row, context) -> new EnrolmentKey(
                        row.getString("id"),
                        row.getString("secret_hash"),
                        Column.time(row, "created_at"),
                        Column.time(row, "expires_at"),
                        row.getInt("uses_left"),
                        row.getBoolean("revoked")))
                .list();
    }

    void putKey(Handle handle, EnrolmentKey key) {
        put(
                handle,
                "UPDATE enrolment_key SET secret_hash = :hash, created_at = :created, expires_at = :expires,"
                        + " uses_left = :uses, revoked = :revoked WHERE id = :id",
                "INSERT INTO enrolment_key (id, secret_hash, created_at, expires_at, uses_left, revoked)"
                        + " VALUES (:id, :hash, :created, :expires, :uses, :revoked)",
                List.of(key),
                (row, one) -> row.bind("id", key.id())
                        .bind("hash", key.secretHash())
                        .bind("created", Column.at(key.createdAt()))
                        .bind("expires", Column.at(key.expiresAt()))
                        .bind("uses", key.usesLeft())
                        .bind("revoked", key.revoked()));
    }

    void removeKey(Handle handle, String id) {
        handle.createUpdate("DELETE FROM enrolment_key WHERE id = :id")
                .bind("id", id)
                .execute();
    }

    /** Binds a row's values to a statement. */
    @FunctionalInterface
    private interface Values<T> {
        PreparedBatch bound(PreparedBatch statement, T row);
    }

    /**
     * What MERGE does in one statement, which the databases spell differently. In two batches at most, however many rows:
     * a change may be one of a thousand nodes.
     */
    private static <T> void put(Handle handle, String update, String insert, List<T> rows, Values<T> values) {
        int[] found = executed(handle, update, rows, values);
        List<T> added = IntStream.range(0, found.length)
                .filter(i -> found[i] == 0)
                .mapToObj(rows::get)
                .toList();
        int[] unused = executed(handle, insert, added, values);
    }

    private static <T> int[] executed(Handle handle, String sql, List<T> rows, Values<T> values) {
        if (rows.isEmpty()) {
            return new int[0];
        }
        try (PreparedBatch batch = handle.prepareBatch(sql)) {
            rows.forEach(row -> values.bound(batch, row).add());
            return batch.execute();
        }
    }
}
