package io.swarmctl.agent.machine;

import io.swarmctl.agent.machine.EngineJson.Node;
import io.swarmctl.agent.machine.EngineJson.NodeSpecification;
import java.time.Duration;

/** What a manager does for the swarm: makes other managers workers, and takes nodes that are gone off its list. */
final class SwarmChores {
    private static final int NOT_FOUND = 404;
    private static final Duration STEPS_DOWN_WITHIN = Duration.ofSeconds(90);
    private static final Duration ASKED_EVERY = Duration.ofSeconds(1);
    private static final String OUT_OF_SEQUENCE = "update out of sequence";
    private static final int TRIES = 5;

    private final DockerEngine engine;
    private final Patience patience;

    SwarmChores(DockerEngine engine, Patience patience) {
        this.engine = engine;
        this.patience = patience;
    }

    /** Demotion takes effect some time after it was asked for: only when the manager's status is gone. */
    void demote(String swarmNodeId, Output output) throws MachineException {
        String path = "/nodes/" + requireId(swarmNodeId);
        askToStepDown(path);
        boolean steppedDown = patience.until(STEPS_DOWN_WITHIN, ASKED_EVERY, () -> {
            EngineReply reply = engine.get(path);
            // A manager that demotes itself cannot ask any more.
            return !reply.ok() || reply.as(Node.class).managerStatus() == null;
        });
        if (!steppedDown) {
            throw new MachineException(
                    "node " + swarmNodeId + " is still a manager",
                    "see whether most managers are up; the agent tries again",
                    true,
                    null);
        }
        output.line("node " + swarmNodeId + " is a worker");
    }

    void forget(String swarmNodeId, Output output) throws MachineException {
        EngineReply reply = engine.delete("/nodes/" + requireId(swarmNodeId) + "?force=true");
        if (reply.status() != NOT_FOUND) {
            reply.orThrow();
        }
        output.line("node " + swarmNodeId + " is off the list");
    }

    /** The node's entry may change between reading and writing; then it is read anew. */
    private void askToStepDown(String path) throws MachineException {
        EngineReply reply = new EngineReply(0, "", "");
        for (int i = 0; i < TRIES; i++) {
            Node node = engine.get(path).as(Node.class);
            if (node.spec().role().equals("worker")) {
                return;
            }
            reply = engine.post(
                    path + "/update?version=" + node.version().index(),
                    node.spec().as("worker"),
                    NodeSpecification.class);
            if (!reply.problem().contains(OUT_OF_SEQUENCE)) {
                break;
            }
        }
        reply.orThrow();
    }

    private static String requireId(String swarmNodeId) throws MachineException {
        if (!swarmNodeId.matches("[0-9a-z]{1,64}")) {
            throw new MachineException(
                    "'" + swarmNodeId + "' is not a swarm node's id", "update the agent", false, null);
        }
        return swarmNodeId;
    }
}
