package io.swarmctl.agent.converge;

import io.swarmctl.common.plan.Plan;
import io.swarmctl.common.wire.Action;
import io.swarmctl.common.wire.Facts;
import io.swarmctl.common.wire.NodeSpec;
import io.swarmctl.common.wire.Outcome;
import java.util.List;

/** Is told what a pass does while it does it. Must not block. */
public interface Narrator {
    /** An action begins; {@code done} is what came of those before it in this pass. */
    void begins(NodeSpec spec, Facts facts, Plan plan, Action action, List<Outcome> done);

    /** The action that has begun last has printed something. */
    void prints(Action action, String line);

    /** The pass is at its end. */
    void ends(Pass pass);
}
