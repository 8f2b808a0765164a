package io.swarmctl.controller.fleet;

import io.swarmctl.common.wire.EnrolmentRequest;
import io.swarmctl.common.wire.NodeIds;
import io.swarmctl.common.wire.Report;
import io.swarmctl.controller.fleet.FleetException.Reason;
import io.swarmctl.controller.fleet.FleetNode.Status;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides who becomes a node.
 *
 * <p>A board's serial is no secret, so it proves nothing: while a node is connected, nobody else with its serial comes
 * in, and a board that comes back with a new card does not get a manager's role back by itself.
 */
public final class Admission {
    private static final int MOST_PENDING = 1_000;

    private Admission() {}

    /**
     * The fleet once the request is answered: the node in it is enrolled, or waits for a person.
     *
     * @param publicJwk the key that the request was signed with
     * @throws FleetException when the node is refused
     */
    public static Transition admit(Fleet fleet, EnrolmentRequest request, String publicJwk, Instant now)
            throws FleetException {
        String nodeId = nodeId(request);
        FleetNode known = fleet.nodes().get(nodeId);
        if (known != null && known.publicJwk().equals(publicJwk)) {
            return again(fleet, known);
        }
        if (known != null && fleet.isConnected(known)) {
            throw new FleetException(
                    Reason.CONFLICT,
                    "a node with serial " + request.serial() + " is connected already",
                    "if this board replaces it, switch the other one off or remove it: swarmctl nodes remove "
                            + known.name());
        }
        EnrolmentKey key = key(fleet, request.enrolmentKey());
        if (known != null && key.revoked()) {
            throw new FleetException(
                    Reason.CONFLICT,
                    "the enrolment key was revoked, and " + known.name() + " has this serial already",
                    "flash the board with a new image; if the node is gone for good: swarmctl nodes remove "
                            + known.name());
        }
        String wait = reasonToWait(fleet, known, key, now);
        if (wait.isEmpty()) {
            Fleet used = fleet.with(key.used());
            return known == null
                    ? arrive(used, request, nodeId, publicJwk, Status.ENROLLED, "", now)
                    : reflashed(used, known, publicJwk);
        }
        return arrive(fleet, request, nodeId, publicJwk, Status.PENDING, wait, now);
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
                        "remove the node and flash its card again, if it is to come back");
        };
    }

    private static EnrolmentKey key(Fleet fleet, @Nullable String text) throws FleetException {
        if (text == null) {
            throw new FleetException(
                    Reason.INVALID, "no enrolment key was given", "flash the card again with the fleet's image");
        }
        Optional<EnrolmentKey> key = fleet.keys().values().stream()
                .filter(candidate -> EnrolmentKeyCommands.matches(candidate, text))
                .findFirst();
        return key.orElseThrow(() -> new FleetException(
                Reason.UNKNOWN,
                "the enrolment key is not one of this fleet",
                "flash the card with an image of this fleet, or correct the key on the card"));
    }

    private static String reasonToWait(Fleet fleet, @Nullable FleetNode known, EnrolmentKey key, Instant now) {
        if (known != null && known.status() == Status.PENDING) {
            return known.standing().reason();
        }
        if (known != null && known.status() == Status.REVOKED) {
            return "it was revoked, and is back with a new card";
        }
        if (!EnrolmentKeyCommands.usable(key, now)) {
            return key.revoked()
                    ? "its enrolment key was revoked"
                    : key.usesLeft() < 1 ? "its enrolment key is used up" : "its enrolment key has expired";
        }
        return switch (fleet.policy().approval()) {
            case AUTOMATIC -> "";
            case MANUAL -> "the policy wants every node approved by a person";
        };
    }

    private static Transition arrive(
            Fleet fleet,
            EnrolmentRequest request,
            String nodeId,
            String publicJwk,
            Status status,
            String reason,
            Instant now)
            throws FleetException {
        if (status == Status.PENDING && isFull(fleet)) {
            throw new FleetException(
                    Reason.CONFLICT, "too many nodes wait for approval", "approve or remove some: swarmctl nodes list");
        }
        FleetNode known = fleet.nodes().get(nodeId);
        String name = known == null ? NodeNames.next(fleet, nodeId) : known.name();
        FleetNode node = new FleetNode(
                new FleetNode.Board(nodeId, request.model(), request.memoryBytes(), now),
                name,
                new FleetNode.Standing(publicJwk, status, reason),
                null,
                null,
                null);
        String text = name + (status == Status.PENDING ? " waits for approval: " + reason : " is enrolled");
        return Transition.of(farewell(fleet, known).with(node), nodeId, text);
    }

    private static boolean isFull(Fleet fleet) {
        return fleet.nodes().values().stream()
                        .filter(node -> node.status() == Status.PENDING)
                        .count()
                >= MOST_PENDING;
    }

    private static Transition reflashed(Fleet fleet, FleetNode known, String publicJwk) {
        String role = RoleRules.isManager(known) ? null : known.role();
        FleetNode node = known.withKey(publicJwk).withRole(role).withStatus(Status.ENROLLED, "");
        return Transition.of(
                farewell(fleet, known).with(node), node.id(), node.name() + " is enrolled again with a new card");
    }

    /** The entry that the old card had in the swarm will not come back to life. */
    private static Fleet farewell(Fleet fleet, @Nullable FleetNode known) {
        Report report = known == null ? null : known.report();
        return report == null
                ? fleet
                : fleet.with(fleet.swarm().withFarewell(report.facts().swarm().nodeId()));
    }
}
