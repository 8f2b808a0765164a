package io.swarmctl.controller.fleet;

import io.swarmctl.controller.fleet.FleetException.Reason;
import java.time.Instant;

/** What people do to see what is wrong with a node. */
public final class DiagnosisCommands {
    private DiagnosisCommands() {}

    /**
     * Asks a node what is wrong with it: its next spec has a number that no earlier one had.
     *
     * @throws FleetException when there is no such node, or it cannot be asked anything now
     */
    public static Transition ask(Fleet fleet, String nameOrId, Instant now) throws FleetException {
        FleetNode node = Nodes.find(fleet, nameOrId);
        if (!fleet.isConnected(node)) {
            throw new FleetException(
                    Reason.CONFLICT,
                    node.name() + " is not connected, so it cannot be asked",
                    "see what it said last: swarmctl nodes logs " + node.name()
                            + "; its card tells more, in swarm-agent-status.txt");
        }
        Question question = Question.after(fleet.diagnoses().get(node.id()), now);
        return Transition.of(
                fleet.withDiagnosis(node.id(), question), node.id(), node.name() + " is asked for a diagnosis");
    }
}
