package io.swarmctl.controller.fleet;

import io.swarmctl.common.wire.Fingerprint;
import io.swarmctl.controller.fleet.FleetException.Reason;
import io.swarmctl.controller.fleet.FleetNode.Candidate;
import io.swarmctl.controller.fleet.FleetNode.Status;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What people do with nodes. Each is harmless when repeated. */
public final class NodeCommands {
    private static final Pattern HOSTNAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    private NodeCommands() {}

    /** @throws FleetException when there is no such node, or the name is no hostname, or is another's */
    public static Transition rename(Fleet fleet, String nameOrId, String name) throws FleetException {
        FleetNode node = Nodes.find(fleet, nameOrId);
        if (node.name().equals(name)) {
            return Transition.silent(fleet);
        }
        requireHostname(name);
        requireFree(fleet, node, name);
        return Transition.of(fleet.with(node.withName(name)), node.id(), "renamed from " + node.name() + " to " + name);
    }

    /** @throws FleetException when no machine may be called so */
    static void requireHostname(String name) throws FleetException {
        if (!HOSTNAME.matcher(name).matches()) {
            throw new FleetException(
                    Reason.INVALID,
                    "'" + name + "' is no hostname",
                    "use up to 63 of the characters a-z, 0-9 and -, with no - at either end");
        }
    }

    private static void requireFree(Fleet fleet, FleetNode node, String name) throws FleetException {
        Optional<FleetNode> holder = fleet.named(name).or(() -> fleet.node(name));
        if (holder.isPresent() && !holder.get().id().equals(node.id())) {
            throw new FleetException(
                    Reason.CONFLICT,
                    "another node (" + holder.get().id() + ") is called " + name,
                    "choose another name, or rename that node first");
        }
        for (Map.Entry<String, String> given :
                PolicyCommands.namesById(fleet.policy()).entrySet()) {
            boolean takesFromOther =
                    given.getValue().equals(name) && !given.getKey().equals(node.id());
            boolean namedOtherwise =
                    given.getKey().equals(node.id()) && !given.getValue().equals(name);
            if (takesFromOther || namedOtherwise) {
                throw new FleetException(
                        Reason.CONFLICT,
                        "the fleet file calls board " + given.getKey() + " " + given.getValue(),
                        "change 'names' there: swarmctl fleet export, edit, swarmctl fleet apply");
            }
        }
    }

    /**
     * Takes a node out of the fleet. One that is in the swarm leaves it first; with {@code force} it is forgotten at
     * once, and others remove it from the swarm's list.
     *
     * @throws FleetException when there is no such node
     */
    public static Transition remove(Fleet fleet, String nameOrId, boolean force) throws FleetException {
        FleetNode node = Nodes.find(fleet, nameOrId);
        boolean leavesFirst = (node.status() == Status.ENROLLED || node.status() == Status.REMOVING)
                && Nodes.membership(fleet, node).isPresent();
        if (force || !leavesFirst) {
            Fleet without = forgotten(fleet, node);
            return Transition.of(without, node.id(), node.name() + " removed" + (force ? " by force" : ""));
        }
        if (node.status() == Status.REMOVING) {
            return Transition.silent(fleet);
        }
        FleetNode leaving = node.withRole(null).withStatus(Status.REMOVING, "leaves the swarm first");
        return Transition.of(fleet.with(leaving), node.id(), node.name() + " is being removed");
    }

    /** The certificate of a revoked node must not speak for it when nobody remembers why it was revoked. */
    private static Fleet forgotten(Fleet fleet, FleetNode node) {
        Fleet without = Nodes.withFarewell(fleet, node).without(node);
        return node.status() == Status.REVOKED ? without.with(fleet.refusals().with(node.publicJwk())) : without;
    }

    /**
     * Lets in who waits: a new node, or a new card in the place of a node's old one.
     *
     * @throws FleetException when there is no such node, or it is past approval
     */
    public static Transition approve(Fleet fleet, String nameOrId) throws FleetException {
        return approve(fleet, nameOrId, "");
    }

    /**
     * The same, for one card alone: another one may have come to wait in its place.
     *
     * @param key how the fingerprint of the card's key begins; empty when any card will do
     * @throws FleetException when there is no such node, it is past approval, or another card waits there
     */
    public static Transition approve(Fleet fleet, String nameOrId, String key) throws FleetException {
        FleetNode node = Nodes.find(fleet, nameOrId);
        Candidate candidate = node.candidate();
        String waiting = candidate == null ? node.publicJwk() : candidate.publicJwk();
        if (!Fingerprint.of(waiting).startsWith(key)) {
            throw new FleetException(
                    Reason.CONFLICT,
                    "the card with key " + key + " does not wait for approval as " + node.name(),
                    "see which does: swarmctl nodes show " + node.name());
        }
        if (candidate != null) {
            return Transition.of(
                    Replacement.approved(fleet, node, candidate),
                    node.id(),
                    node.name() + " approved with its new card, in place of the old one");
        }
        return switch (node.status()) {
            case PENDING ->
                Transition.of(fleet.with(node.withStatus(Status.ENROLLED, "")), node.id(), node.name() + " approved");
            case ENROLLED -> Transition.silent(fleet);
            case REVOKED ->
                throw new FleetException(
                        Reason.CONFLICT,
                        node.name() + " is revoked, and its certificate stays so",
                        "flash its card anew, and approve it when it asks");
            case REMOVING ->
                throw new FleetException(
                        Reason.CONFLICT,
                        node.name() + " is being removed",
                        "wait until it is gone; it may then enrol again");
        };
    }

    /**
     * Sends away who waits: a new node, or a new card for a node, which stays as it is. The same card does not come
     * before a person again.
     *
     * @throws FleetException when there is no such node, or nobody waits there
     */
    public static Transition refuse(Fleet fleet, String nameOrId) throws FleetException {
        FleetNode node = Nodes.find(fleet, nameOrId);
        Candidate candidate = node.candidate();
        if (candidate != null) {
            Fleet without = fleet.with(node.withCandidate(null));
            return Transition.of(
                    without.with(fleet.refusals().with(candidate.publicJwk())),
                    node.id(),
                    "another card for " + node.name() + " refused");
        }
        if (node.status() == Status.PENDING) {
            Fleet without = fleet.without(node);
            return Transition.of(
                    without.with(fleet.refusals().with(node.publicJwk())), node.id(), node.name() + " refused");
        }
        throw new FleetException(
                Reason.CONFLICT,
                "nobody waits for approval as " + node.name(),
                "see who does: swarmctl nodes list; to shut the node itself out: swarmctl nodes revoke " + node.name());
    }

    /**
     * Shuts a node out: its certificate opens nothing any more.
     *
     * @throws FleetException when there is no such node
     */
    public static Transition revoke(Fleet fleet, String nameOrId) throws FleetException {
        FleetNode node = Nodes.find(fleet, nameOrId);
        if (node.status() == Status.REVOKED) {
            return Transition.silent(fleet);
        }
        FleetNode revoked = node.withRole(null).withStatus(Status.REVOKED, "a person revoked it");
        Fleet after = Nodes.withFarewell(fleet, node).with(revoked);
        return new Transition(after, List.of(new Transition.Note(node.id(), node.name() + " revoked")));
    }
}
