package io.swarmctl.controller.fleet;

import io.swarmctl.controller.fleet.FleetNode.Candidate;
import io.swarmctl.controller.fleet.FleetNode.Cards;
import io.swarmctl.controller.fleet.FleetNode.Status;

/**
 * Puts a new card in the place of a node's old one. Either way the old key opens nothing any more, the swarm forgets the
 * entry that the old card had, and a manager's role is gone: a person may give it again.
 */
final class Replacement {
    private Replacement() {}

    /** Without a person's word; the old card may still ask for one. */
    static Fleet byItself(Fleet fleet, FleetNode node, String publicJwk) {
        return Nodes.withFarewell(fleet, node).with(renewed(node, publicJwk).with(new Cards(null, true)));
    }

    /** By a person's word, which the old card is not to have overturned. */
    static Fleet approved(Fleet fleet, FleetNode node, Candidate candidate) {
        return Nodes.withFarewell(fleet, node)
                .with(fleet.refusals().with(node.publicJwk()))
                .with(renewed(node, candidate.publicJwk()).with(Cards.FIRST));
    }

    private static FleetNode renewed(FleetNode node, String publicJwk) {
        return node.withKey(publicJwk)
                .withRole(RoleRules.isManager(node) ? null : node.role())
                .withStatus(Status.ENROLLED, "");
    }
}
