package io.swarmctl.agent;

import io.swarmctl.agent.converge.Narrator;
import io.swarmctl.agent.converge.Pass;
import io.swarmctl.common.plan.Plan;
import io.swarmctl.common.wire.Action;
import io.swarmctl.common.wire.Facts;
import io.swarmctl.common.wire.NodeSpec;
import io.swarmctl.common.wire.Outcome;
import java.util.List;

/** Sees how an agent is doing, where many run in one place. Told by the agent's thread; must not block. */
public interface Onlooker extends Narrator {
    /** As on a Pi. */
    Onlooker NOBODY = new Onlooker() {
        @Override
        public void enrolled(String nodeId) {}

        @Override
        public void begins(NodeSpec spec, Facts facts, Plan plan, Action action, List<Outcome> done) {}

        @Override
        public void prints(Action action, String line) {}

        @Override
        public void ends(Pass pass) {}
    };

    /** The machine is a node now, or was one already. */
    void enrolled(String nodeId);
}
