package io.swarmctl.controller.fleet;

import io.avaje.jsonb.Json;
import io.swarmctl.common.wire.NodeSpec;
import io.swarmctl.common.wire.Report;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A node as the controller knows it.
 *
 * @param role null as long as none is assigned
 * @param heard null before its first report
 * @param written null before its first spec
 */
public record FleetNode(
        Board board,
        String name,
        Standing standing,
        @Nullable String role,
        @Nullable Heard heard,
        @Nullable Written written,
        Cards cards,
        Marks marks) {

    /** A node that has only just been heard of. */
    public static FleetNode arriving(Board board, String name, Standing standing) {
        return new FleetNode(board, name, standing, null, null, null, Cards.FIRST, Marks.NONE);
    }

    /**
     * What makes it this node, and no other.
     *
     * @param id from the board's serial
     * @param arrivedAt when it first knocked
     */
    public record Board(String id, String model, long memoryBytes, Instant arrivedAt) {}

    /**
     * Whether it may take part, and as whom.
     *
     * @param publicJwk the node's key: the one its certificate has, or the one that waits for approval
     * @param reason why it waits or was revoked, in words; else empty
     */
    public record Standing(String publicJwk, Status status, String reason) {}

    /**
     * The latest that it said.
     *
     * @param at when that came, by the controller's clock
     */
    public record Heard(Report report, Instant at) {}

    /**
     * The latest spec for it.
     *
     * @param goal what the spec was written from; null when it was written for a key that the node no longer has
     */
    public record Written(@Nullable NodeGoal goal, NodeSpec spec) {}

    /**
     * The cards that this board has had, or may have. The one that counts is in {@link Standing}.
     *
     * @param candidate another card with the board's serial, which waits for a person's word; null when none does
     * @param replacedByItself whether the node's card took the place of another without a person's word. The standing
     *     rule makes no manager of it: that would be a way into the swarm's heart for who knows a serial
     */
    public record Cards(@Nullable Candidate candidate, boolean replacedByItself) {
        static final Cards FIRST = new Cards(null, false);
    }

    /**
     * A card that wants to be this node. The node goes on as if it were not there.
     *
     * @param reason why it waits, in words
     * @param address where it says it is
     * @param askedAt when it first asked
     * @param onlyForConnection whether nothing speaks against it but that the node was connected when it asked
     */
    @Json
    public record Candidate(
            String publicJwk, String reason, String address, Instant askedAt, boolean onlyForConnection) {
        /** The same, for another reason, which a person has to look at. */
        Candidate doubted(String otherReason) {
            return new Candidate(publicJwk, otherReason, address, askedAt, false);
        }
    }

    /**
     * What people have said about this node alone.
     *
     * @param labels by key, in the order of their keys
     * @param foreignSwarm id of a swarm that is not the fleet's and that the node may leave; empty when there is none
     */
    @Json
    public record Marks(Map<String, String> labels, String foreignSwarm) {
        public static final Marks NONE = new Marks(Map.of(), "");

        public Marks {
            labels = Collections.unmodifiableMap(new TreeMap<>(labels));
        }

        Marks withLabels(Map<String, String> other) {
            return new Marks(other, foreignSwarm);
        }

        Marks leaving(String swarm) {
            return new Marks(labels, swarm);
        }
    }

    /** Whether a node may take part. */
    public enum Status {
        /** A person has to approve it. */
        PENDING,
        ENROLLED,
        /** Was a node; its certificate opens nothing any more. */
        REVOKED,
        /** Being taken out of the fleet: leaves the swarm first. */
        REMOVING
    }

    public String id() {
        return board.id();
    }

    public String model() {
        return board.model();
    }

    public String publicJwk() {
        return standing.publicJwk();
    }

    public Status status() {
        return standing.status();
    }

    public @Nullable Report report() {
        return heard == null ? null : heard.report();
    }

    public @Nullable Instant seenAt() {
        return heard == null ? null : heard.at();
    }

    public @Nullable NodeGoal goal() {
        return written == null ? null : written.goal();
    }

    public @Nullable NodeSpec spec() {
        return written == null ? null : written.spec();
    }

    public @Nullable Candidate candidate() {
        return cards.candidate();
    }

    public FleetNode withStatus(Status status, String reason) {
        return with(new Standing(publicJwk(), status, reason));
    }

    public FleetNode withRole(@Nullable String other) {
        return new FleetNode(board, name, standing, other, heard, written, cards, marks);
    }

    public FleetNode withName(String other) {
        return new FleetNode(board, other, standing, role, heard, written, cards, marks);
    }

    public FleetNode withReport(Report report, Instant seenAt) {
        return new FleetNode(board, name, standing, role, new Heard(report, seenAt), written, cards, marks);
    }

    public FleetNode withSpec(NodeGoal goal, NodeSpec spec) {
        return new FleetNode(board, name, standing, role, heard, new Written(goal, spec), cards, marks);
    }

    /** The same board with a new card: what the old one said is of no use, what it was told still orders its specs. */
    public FleetNode withKey(String publicJwk) {
        Written kept = written == null ? null : new Written(null, written.spec());
        return new FleetNode(
                board, name, new Standing(publicJwk, status(), standing.reason()), role, null, kept, cards, marks);
    }

    public FleetNode withCandidate(@Nullable Candidate candidate) {
        return with(new Cards(candidate, cards.replacedByItself()));
    }

    FleetNode with(Cards other) {
        return new FleetNode(board, name, standing, role, heard, written, other, marks);
    }

    public FleetNode with(Marks other) {
        return new FleetNode(board, name, standing, role, heard, written, cards, other);
    }

    FleetNode with(Written other) {
        return new FleetNode(board, name, standing, role, heard, other, cards, marks);
    }

    private FleetNode with(Standing other) {
        return new FleetNode(board, name, other, role, heard, written, cards, marks);
    }
}
