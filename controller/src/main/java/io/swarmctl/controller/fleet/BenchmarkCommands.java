package io.swarmctl.controller.fleet;

import io.swarmctl.controller.fleet.FleetException.Reason;
import io.swarmctl.controller.fleet.Transition.Note;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What people do to see how fast nodes are. */
public final class BenchmarkCommands {
    private static final String LEAVE_IT_OUT = ", or leave it out";

    private BenchmarkCommands() {}

    /**
     * Asks nodes how fast they are, all of them or none. One that has not answered yet answers the new question only.
     *
     * @throws FleetException when one does not exist, or would not be measured rightly now
     */
    public static Transition ask(Fleet fleet, List<String> namesOrIds, Instant now) throws FleetException {
        Fleet asked = fleet;
        List<Note> notes = new ArrayList<>();
        for (FleetNode node : Nodes.find(fleet, namesOrIds)) {
            requireFree(fleet, node, now);
            Question question = Question.after(fleet.benchmarks().get(node.id()), now);
            asked = asked.withBenchmark(node.id(), question);
            notes.add(new Note(node.id(), node.name() + " is asked for a benchmark"));
        }
        return new Transition(asked, notes);
    }

    private static void requireFree(Fleet fleet, FleetNode node, Instant now) throws FleetException {
        if (!fleet.isConnected(node)) {
            throw new FleetException(
                    Reason.CONFLICT,
                    node.name() + " is not connected, so it cannot be measured",
                    "see why: swarmctl nodes show " + node.name() + LEAVE_IT_OUT);
        }
        NodeCondition condition = NodeCondition.of(fleet, node, now);
        switch (condition.state()) {
            case WORKING, REBOOTING, REMOVING ->
                throw new FleetException(
                        Reason.CONFLICT,
                        node.name() + " is busy" + (condition.why().isEmpty() ? "" : " (" + condition.why() + ")")
                                + ", and would be measured wrongly",
                        "wait until it is done: swarmctl nodes list " + node.name() + " --watch" + LEAVE_IT_OUT);
            case PENDING, NEW, SILENT, WAITING, READY, FAILED, BLOCKED, REVOKED -> {}
        }
    }
}
