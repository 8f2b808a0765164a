package io.swarmctl.agent.machine;

import io.swarmctl.agent.machine.EngineJson.LocalSwarm;
import io.swarmctl.common.wire.SwarmSpec;
import io.swarmctl.common.wire.SwarmState;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Tells a swarm that this node was just founding from one that others founded here. The engine first makes a swarm and
 * then writes our labels into it; a power cut between leaves a swarm that nobody can name. The mark is set before and
 * lies among the engine's own swarm state, so it vanishes with that state and never outlives the swarm it is about.
 */
final class FoundingMark {
    private final Path file;

    FoundingMark(Path swarmState) {
        this.file = swarmState.resolve("io.swarmctl.founding");
    }

    boolean isSet() {
        return Files.exists(file);
    }

    /**
     * A swarm of one, begun by us and without labels: nobody has seen its tokens, so it may be given up. An engine that
     * cannot reach the other managers also shows no labels, but then it reports an error and no nodes.
     */
    boolean isHalfFounded(LocalSwarm local) {
        return isSet()
                && local.state() == SwarmState.ACTIVE
                && local.error().isEmpty()
                && local.nodes() == 1
                && local.cluster() != null
                && local.label(SwarmSpec.FLEET_LABEL).isEmpty();
    }

    void set() throws MachineException {
        DurableFile.write(file, "the swarm here is being founded by swarmctl\n");
    }

    void clear() throws MachineException {
        DurableFile.delete(file);
    }
}
