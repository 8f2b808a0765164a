package io.swarmctl.controller.api.view;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a change would come to. Nothing of it has been done.
 *
 * @param before the managers as they are
 * @param after the managers as they would be
 * @param nodes those for which something changes, by name
 */
@Json
public record PreviewView(QuorumView before, QuorumView after, List<AffectedNodeView> nodes) {
    public PreviewView {
        nodes = List.copyOf(nodes);
    }

    /**
     * Whether the swarm's managers can agree.
     *
     * @param managers nodes with a manager's role that are in the swarm or can join it now
     * @param connected how many of them are connected
     * @param needed how many have to reach each other for the swarm to work; 0 without managers
     * @param spare how many of the connected ones may fail; negative when too few are there
     */
    @Json
    public record QuorumView(int managers, int connected, int needed, int spare) {}

    /**
     * A node for which something changes.
     *
     * @param status it would have: {@code pending, enrolled, revoked, removing}, or {@code gone}
     * @param actions it would do, in this order
     * @param rebootFor why it would reboot after them; empty when it would not
     * @param waitingFor what has to happen first, or in between; empty when nothing
     * @param problem what keeps it from doing anything; empty when nothing does
     */
    @Json
    public record AffectedNodeView(
            String id,
            String name,
            @Nullable String roleBefore,
            @Nullable String roleAfter,
            String status,
            List<PlanView.Step> actions,
            String rebootFor,
            String waitingFor,
            String problem) {
        public AffectedNodeView {
            actions = List.copyOf(actions);
        }
    }
}
