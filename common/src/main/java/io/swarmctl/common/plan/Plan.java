package io.swarmctl.common.plan;

import io.swarmctl.common.wire.Action;
import io.swarmctl.common.wire.Finding;
import java.util.List;

/**
 * What takes a node to its spec. A reboot is not an action: nothing can come after it.
 *
 * @param rebootFor why the machine has to reboot once the actions are done; empty when it has not
 * @param findings what a person should know; an error among them means that there are no actions
 * @param waitingFor what others have to do first, in words; empty when nothing is waited for
 */
public record Plan(List<Action> actions, String rebootFor, List<Finding> findings, String waitingFor) {
    public Plan {
        actions = List.copyOf(actions);
        findings = List.copyOf(findings);
    }

    /** Whether there is nothing for this machine to do. */
    public boolean converged() {
        return actions.isEmpty() && rebootFor.isEmpty();
    }

    /** Whether a person has to do something before the node can go on. */
    public boolean blocked() {
        return findings.stream().anyMatch(finding -> finding.severity() == Finding.Severity.ERROR);
    }
}
