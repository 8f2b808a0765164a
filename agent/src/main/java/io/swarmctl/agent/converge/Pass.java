package io.swarmctl.agent.converge;

import io.swarmctl.common.plan.Plan;
import io.swarmctl.common.wire.Facts;
import io.swarmctl.common.wire.NodeSpec;
import io.swarmctl.common.wire.NodeState;
import io.swarmctl.common.wire.Outcome;
import java.util.List;

/**
 * How one pass ended.
 *
 * @param facts the last that were read
 * @param plan what is left
 */
public record Pass(NodeSpec spec, Facts facts, Plan plan, NodeState state, List<Outcome> outcomes) {
    public Pass {
        outcomes = List.copyOf(outcomes);
    }
}
