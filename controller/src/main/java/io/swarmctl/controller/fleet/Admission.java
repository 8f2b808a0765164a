package io.swarmctl.controller.fleet;

import io.swarmctl.common.wire.EnrolmentRequest;
import io.swarmctl.common.wire.NodeIds;
import io.swarmctl.controller.fleet.Credential.Shown;
import io.swarmctl.controller.fleet.FleetException.Reason;
import io.swarmctl.controller.fleet.FleetNode.Board;
import io.swarmctl.controller.fleet.FleetNode.Candidate;
import io.swarmctl.controller.fleet.FleetNode.Standing;
import io.swarmctl.controller.fleet.FleetNode.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides who becomes a node.
 *
 * <p>A board's serial is no secret, so it proves nothing. Another card with a known serial waits beside the node, which
 * stays as it is, until a person has decided; it takes the node's place by itself only when the node is not connected
 * and nothing else speaks against it, and then without a manager's role.
 */
public final class Admission {
    private static final int MOST_PENDING = 1_000;

    /** Cards that ask in turns are not to fill the timeline. */
    private static final Duration TOLD_AT_MOST_EVERY = Duration.ofMinutes(1);

    private Admission() {}

    /**
     * The fleet once the request is answered: who asked is in it as a node, or as one that waits for a person.
     *
     * @throws FleetException when it is refused
     */
    public static Transition admit(Fleet fleet, Knock knock, Instant now) throws FleetException {
        String nodeId = nodeId(knock.request());
        FleetNode known = fleet.nodes().get(nodeId);
        if (known != null && known.publicJwk().equals(knock.publicJwk())) {
            return again(fleet, known);
        }
        if (fleet.refusals().has(knock.publicJwk())) {
            throw new FleetException(
                    Reason.CONFLICT,
                    "a person has refused this card",
                    "if it is to come in after all, flash it anew and approve it then");
        }
        Shown shown = Credential.of(fleet, knock, known, now);
        return known == null
                ? firstCard(fleet, nodeId, knock, shown, now)
                : anotherCard(fleet, known, knock, shown, now);
    }

    private static String nodeId(EnrolmentRequest request) throws FleetException {
        try {
            return NodeIds.ofSerial(request.serial());
        } catch (IllegalArgumentException e) {
            throw new FleetException(Reason.INVALID, String.valueOf(e.getMessage()), "check the board");
        }
    }

    private static Transition again(Fleet fleet, FleetNode known) throws FleetException {
        return switch (known.status()) {
            case ENROLLED, REMOVING, PENDING -> Transition.silent(fleet);
            case REVOKED ->
                throw new FleetException(
                        Reason.CONFLICT,
                        known.name() + " was revoked",
                        "if it is to come back, flash its card anew and approve it then");
        };
    }

    private static Transition firstCard(Fleet fleet, String nodeId, Knock knock, Shown shown, Instant now)
            throws FleetException {
        if (shown.letsIn()) {
            FleetNode node = arriving(NodeNames.next(fleet, nodeId), nodeId, knock, Status.ENROLLED, "", now);
            return Transition.of(shown.used(fleet).with(node), nodeId, node.name() + " is enrolled");
        }
        if (isFull(fleet)) {
            throw new FleetException(
                    Reason.CONFLICT, "too many nodes wait for approval", "approve or refuse some: swarmctl nodes list");
        }
        return waits(fleet, NodeNames.next(fleet, nodeId), nodeId, knock, shown.doubt(), now);
    }

    private static Transition anotherCard(Fleet fleet, FleetNode known, Knock knock, Shown shown, Instant now) {
        Candidate candidate = known.candidate();
        if (candidate != null && candidate.publicJwk().equals(knock.publicJwk())) {
            return stillWaits(fleet, known, candidate, shown);
        }
        if (known.status() == Status.PENDING) {
            String reason = shown.letsIn() ? known.standing().reason() : shown.doubt();
            Transition waits = waits(fleet, known.name(), known.id(), knock, reason, now);
            return isRecent(known.board().arrivedAt(), now) ? Transition.silent(waits.fleet()) : waits;
        }
        boolean isConnected = fleet.isConnected(known);
        List<String> doubts = doubts(known, shown);
        if (doubts.isEmpty() && !isConnected) {
            return takesPlace(fleet, known, knock.publicJwk(), shown);
        }
        boolean onlyForConnection = doubts.isEmpty();
        if (isConnected) {
            doubts.add(0, known.name() + " is connected, and this card has another key");
        }
        Candidate asking = new Candidate(
                knock.publicJwk(), String.join("; ", doubts), knock.request().address(), now, onlyForConnection);
        Transition asks = Transition.of(
                fleet.with(known.withCandidate(asking)),
                known.id(),
                "another card for " + known.name() + " waits for approval: " + asking.reason());
        return candidate != null && isRecent(candidate.askedAt(), now) ? Transition.silent(asks.fleet()) : asks;
    }

    /**
     * A card that is put into a board in a hurry asks before the gateway has noticed that the old one is gone. But when
     * the node has spoken since, two have the serial at once, and one of them is not the board.
     */
    private static Transition stillWaits(Fleet fleet, FleetNode known, Candidate candidate, Shown shown) {
        if (!candidate.onlyForConnection()) {
            return Transition.silent(fleet);
        }
        Instant seenAt = known.seenAt();
        if (seenAt != null && seenAt.isAfter(candidate.askedAt())) {
            String reason = known.name() + " goes on working while this card asks: two have its serial";
            return Transition.of(
                    fleet.with(known.withCandidate(candidate.doubted(reason))),
                    known.id(),
                    "another card for " + known.name() + " waits for approval: " + reason);
        }
        return fleet.isConnected(known)
                        || !doubts(known.withCandidate(null), shown).isEmpty()
                ? Transition.silent(fleet)
                : takesPlace(fleet, known, candidate.publicJwk(), shown);
    }

    private static Transition takesPlace(Fleet fleet, FleetNode known, String publicJwk, Shown shown) {
        return Transition.of(
                Replacement.byItself(shown.used(fleet), known, publicJwk),
                known.id(),
                known.name() + " is enrolled again with a new card");
    }

    /** What a person has to look at, whether the node is connected or not. */
    private static List<String> doubts(FleetNode known, Shown shown) {
        List<String> doubts = new ArrayList<>();
        if (known.status() == Status.REVOKED) {
            doubts.add(known.name() + " was revoked, and this card has another key");
        }
        if (known.candidate() != null) {
            doubts.add("a card that asked before it was not decided on");
        }
        if (!shown.letsIn()) {
            doubts.add(shown.doubt());
        }
        return doubts;
    }

    private static boolean isRecent(Instant then, Instant now) {
        return Duration.between(then, now).compareTo(TOLD_AT_MOST_EVERY) < 0;
    }

    private static Transition waits(Fleet fleet, String name, String nodeId, Knock knock, String reason, Instant now) {
        FleetNode node = arriving(name, nodeId, knock, Status.PENDING, reason, now);
        return Transition.of(fleet.with(node), nodeId, name + " waits for approval: " + reason);
    }

    private static FleetNode arriving(
            String name, String nodeId, Knock knock, Status status, String reason, Instant now) {
        EnrolmentRequest request = knock.request();
        return FleetNode.arriving(
                new Board(nodeId, request.model(), request.memoryBytes(), now),
                name,
                new Standing(knock.publicJwk(), status, reason));
    }

    private static boolean isFull(Fleet fleet) {
        return fleet.nodes().values().stream()
                        .filter(node -> node.status() == Status.PENDING)
                        .count()
                >= MOST_PENDING;
    }
}
