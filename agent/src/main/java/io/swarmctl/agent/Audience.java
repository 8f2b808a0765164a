package io.swarmctl.agent;

import io.swarmctl.agent.converge.Narrator;
import io.swarmctl.agent.converge.Pass;
import io.swarmctl.common.plan.Plan;
import io.swarmctl.common.wire.Action;
import io.swarmctl.common.wire.Facts;
import io.swarmctl.common.wire.NodeSpec;
import io.swarmctl.common.wire.Outcome;
import java.util.List;

/** The controller, by way of the reporter, and whoever else looks on. */
record Audience(Narrator reporter, Narrator onlooker) implements Narrator {
    @Override
    public void begins(NodeSpec spec, Facts facts, Plan plan, Action action, List<Outcome> done) {
        reporter.begins(spec, facts, plan, action, done);
        onlooker.begins(spec, facts, plan, action, done);
    }

    @Override
    public void prints(Action action, String line) {
        reporter.prints(action, line);
        onlooker.prints(action, line);
    }

    @Override
    public void ends(Pass pass) {
        reporter.ends(pass);
        onlooker.ends(pass);
    }
}
