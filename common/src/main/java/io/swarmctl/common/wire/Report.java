package io.swarmctl.common.wire;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an agent says its node is.
 *
 * @param number orders the reports of one node key; later reports have higher numbers, across restarts too
 * @param epoch of the spec that the agent follows, 0 before the first
 * @param generation of the spec that the agent follows, 0 before the first
 * @param plan what is still to be done
 * @param outcomes of the latest pass that did something
 * @param running the action at work, null between actions
 * @param waitingFor of a waiting node, in words; else empty
 * @param sealedTokens the swarm's join tokens ({@link JoinTokens}) sealed to the controller; null from all but managers
 * @param newerSpec the signed spec that the agent follows, as proof, when the bus holds one that is not as new; else null
 */
@Json
public record Report(
        String nodeId,
        long number,
        String agentVersion,
        long epoch,
        long generation,
        NodeState state,
        Facts facts,
        List<Action> plan,
        List<Finding> findings,
        List<Outcome> outcomes,
        @Nullable Running running,
        String waitingFor,
        @Nullable String sealedTokens,
        @Nullable String newerSpec) {
    /**
     * The longest {@code newerSpec}, in characters: readers of JSON take no text beyond 32,767. A spec that is longer is
     * not told.
     */
    public static final int LONGEST_SPEC = 30_000;

    public Report {
        Absent.required(nodeId, "nodeId");
        Absent.required(agentVersion, "agentVersion");
        Absent.required(state, "state");
        Absent.required(facts, "facts");
        plan = Absent.list(plan);
        findings = Absent.list(findings);
        outcomes = Absent.list(outcomes);
        Absent.required(waitingFor, "waitingFor");
    }

    /** The same, later: the running action has come further. */
    public Report withProgress(long laterNumber, String progress) {
        Running now = running == null ? null : new Running(running.action(), running.startedAt(), progress);
        return new Report(
                nodeId,
                laterNumber,
                agentVersion,
                epoch,
                generation,
                state,
                facts,
                plan,
                findings,
                outcomes,
                now,
                waitingFor,
                sealedTokens,
                newerSpec);
    }

    /** The same without the proof, which is of use once. */
    public Report withoutNewerSpec() {
        return newerSpec == null
                ? this
                : new Report(
                        nodeId,
                        number,
                        agentVersion,
                        epoch,
                        generation,
                        state,
                        facts,
                        plan,
                        findings,
                        outcomes,
                        running,
                        waitingFor,
                        sealedTokens,
                        null);
    }
}
