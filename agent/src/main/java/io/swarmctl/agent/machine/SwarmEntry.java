package io.swarmctl.agent.machine;

import io.swarmctl.agent.machine.EngineJson.Init;
import io.swarmctl.agent.machine.EngineJson.LocalSwarm;
import io.swarmctl.common.wire.Action;
import io.swarmctl.common.wire.SwarmSpec;
import io.swarmctl.common.wire.SwarmState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Founds, recovers, joins and leaves swarms. */
final class SwarmEntry {
    private static final String LISTEN = "0.0.0.0:2377";
    /** The engine's own answer to a join that takes longer than 20 s; it goes on by itself. */
    private static final String GOES_ON = "Timeout was reached before node joined";

    private static final Duration SETTLES_WITHIN = Duration.ofSeconds(60);
    private static final Duration ASKED_EVERY = Duration.ofMillis(500);

    private final DockerEngine engine;
    private final SwarmView view;
    private final Patience patience;
    private final SealedTexts sealedTexts;
    private final Network network;

    SwarmEntry(DockerEngine engine, SwarmView view, Patience patience, SealedTexts sealedTexts, Network network) {
        this.engine = engine;
        this.view = view;
        this.patience = patience;
        this.sealedTexts = sealedTexts;
        this.network = network;
    }

    void found(Action.FoundSwarm action, Output output) throws MachineException {
        LocalSwarm before = settled();
        FoundingMark mark = view.mark();
        if (mark.isHalfFounded(before)) {
            output.line("giving up a swarm whose founding was interrupted");
            leave();
        } else if (isFounded(before, action)) {
            mark.clear();
            return;
        } else if (before.state() != SwarmState.INACTIVE) {
            throw inAnotherSwarm(before);
        }
        mark.set();
        EngineReply reply = engine.post("/swarm/init", init(action), Init.class);
        if (!reply.ok()) {
            mark.clear();
            reply.orThrow();
        }
        LocalSwarm after = view.local();
        if (isFounded(after, action)) {
            mark.clear();
            output.line("founded swarm " + view.clusterId(after) + " as node " + after.nodeId());
        }
    }

    /**
     * Once begun it may be asked for again: the engine goes on with the swarm alone as often as it is told to, and only
     * when that is done the swarm has the new epoch for its label.
     */
    void recover(Action.RecoverSwarm action, Output output) throws MachineException {
        LocalSwarm before = view.local();
        if (hasLabels(before, action.fleetId(), action.founderEpoch())) {
            return;
        }
        if (!view.clusterId(before).equals(action.clusterId())) {
            throw inAnotherSwarm(before);
        }
        Init init = new Init(
                true, LISTEN, action.advertiseAddress(), null, null, labels(action.fleetId(), action.founderEpoch()));
        engine.post("/swarm/init", init, Init.class).orThrow();
        output.line("manages swarm " + action.clusterId() + " alone");
    }

    void join(Action.JoinSwarm action, Output output) throws MachineException {
        LocalSwarm before = settled();
        String cluster = view.clusterId(before);
        if (!cluster.isEmpty() && !cluster.equals(action.clusterId())) {
            throw inAnotherSwarm(before);
        }
        if (before.state() == SwarmState.ACTIVE) {
            return;
        }
        if (before.state() != SwarmState.INACTIVE) {
            output.line("an earlier join does not come to an end; joining anew");
            leave();
        }
        List<String> managers = nearestFirst(action.managers(), output);
        EngineReply reply = engine.post(
                "/swarm/join",
                new EngineJson.Join(
                        LISTEN, action.advertiseAddress(), managers, sealedTexts.secret(action.sealedToken())),
                EngineJson.Join.class);
        if (!reply.ok() && !reply.problem().contains(GOES_ON)) {
            reply.orThrow();
        }
        requireMember(action, output);
    }

    void leave(Action.LeaveSwarm action, Output output) throws MachineException {
        LocalSwarm local = view.local();
        if (local.state() == SwarmState.INACTIVE) {
            return;
        }
        if (!view.clusterId(local).equals(action.clusterId())) {
            throw inAnotherSwarm(local);
        }
        leave();
        output.line("left swarm " + action.clusterId());
    }

    private void leave() throws MachineException {
        EngineReply reply = engine.post("/swarm/leave?force=true");
        if (!reply.ok() && view.local().state() != SwarmState.INACTIVE) {
            reply.orThrow();
        }
    }

    /** What an engine that has just started, or is in the midst of joining, comes to. */
    private LocalSwarm settled() throws MachineException {
        List<LocalSwarm> last = new ArrayList<>();
        boolean ignored = patience.until(SETTLES_WITHIN, ASKED_EVERY, () -> {
            last.clear();
            last.add(view.local());
            return last.get(0).state() != SwarmState.PENDING;
        });
        return last.get(0);
    }

    private static boolean isFounded(LocalSwarm local, Action.FoundSwarm action) {
        return hasLabels(local, action.fleetId(), action.founderEpoch());
    }

    private static boolean hasLabels(LocalSwarm local, String fleetId, long founderEpoch) {
        return local.state() == SwarmState.ACTIVE
                && local.label(SwarmSpec.FLEET_LABEL).equals(fleetId)
                && local.label(SwarmSpec.EPOCH_LABEL).equals(Long.toString(founderEpoch));
    }

    private static Init init(Action.FoundSwarm action) {
        boolean hasPools = !action.addressPools().isEmpty();
        return new Init(
                false,
                LISTEN,
                action.advertiseAddress(),
                hasPools ? action.addressPools() : null,
                hasPools ? action.subnetSize() : null,
                labels(action.fleetId(), action.founderEpoch()));
    }

    private static EngineJson.SwarmSpecification labels(String fleetId, long founderEpoch) {
        return new EngineJson.SwarmSpecification(
                Map.of(SwarmSpec.FLEET_LABEL, fleetId, SwarmSpec.EPOCH_LABEL, Long.toString(founderEpoch)));
    }

    /** The engine tries only the first address it is given, so that has to be one that answers. */
    private List<String> nearestFirst(List<String> managers, Output output) throws MachineException {
        for (String manager : managers) {
            if (network.answers(manager)) {
                List<String> ordered = new ArrayList<>(managers);
                ordered.remove(manager);
                ordered.add(0, manager);
                return ordered;
            }
            output.line("manager " + manager + " does not answer");
        }
        throw new MachineException(
                "no manager of the swarm answers: " + String.join(", ", managers),
                "let the nodes reach each other on ports 2377/tcp, 7946/tcp and udp, 4789/udp",
                true,
                null);
    }

    private void requireMember(Action.JoinSwarm action, Output output) throws MachineException {
        LocalSwarm after = settled();
        String cluster = view.clusterId(after);
        if (after.state() == SwarmState.ACTIVE && cluster.equals(action.clusterId())) {
            output.line("joined swarm " + cluster + " as node " + after.nodeId());
            return;
        }
        if (after.state() == SwarmState.ACTIVE) {
            throw inAnotherSwarm(after);
        }
        throw after.error().isEmpty()
                ? new MachineException(
                        "the swarm has not taken the node in yet", "nothing to do: the agent tries again", true, null)
                : DockerTrouble.refusal(after.error());
    }

    private MachineException inAnotherSwarm(LocalSwarm local) throws MachineException {
        String cluster = view.clusterId(local);
        return new MachineException(
                "the node is in another swarm" + (cluster.isEmpty() ? "" : " (cluster id " + cluster + ")"),
                "if nothing there is needed any more, run 'docker swarm leave --force' on it",
                true,
                null);
    }
}
