package io.swarmctl.agent.machine;

import io.swarmctl.agent.machine.EngineJson.LocalSwarm;
import io.swarmctl.agent.machine.EngineJson.ManagerStatus;
import io.swarmctl.common.wire.JoinTokens;
import io.swarmctl.common.wire.Membership;
import io.swarmctl.common.wire.SwarmFacts;
import io.swarmctl.common.wire.SwarmNode;
import io.swarmctl.common.wire.SwarmSpec;
import io.swarmctl.common.wire.SwarmState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The swarm as this node's engine sees it. */
final class SwarmView {
    private static final String USUAL_DATA = "var/lib/docker";
    /** The engine writes it when it is started, and into its data what swarm it is in. */
    private static final String PROCESS = "run/docker.pid";

    private static final String STATE = "swarm/docker-state.json";
    private static final String REMOVED = "was removed from swarm";
    /** And not "before": at first, a board without a clock thinks that its certificate is from the future. */
    private static final Pattern EXPIRED = Pattern.compile("not valid after|current time .* is after");

    private final Layout layout;
    private final DockerEngine engine;
    /** Where the engine keeps its data, as it last said. */
    private Path data;
    /** When the engine that said so was started. */
    private @Nullable FileTime started;

    SwarmView(Layout layout, DockerEngine engine) {
        this.layout = layout;
        this.engine = engine;
        this.data = layout.at(USUAL_DATA);
    }

    SwarmFacts facts(boolean engineAnswers) throws MachineException {
        if (!engineAnswers) {
            return whileTheEngineIsDown();
        }
        LocalSwarm local = local();
        FoundingMark mark = mark();
        if (local.state() == SwarmState.INACTIVE || mark.isHalfFounded(local)) {
            return SwarmFacts.inactive();
        }
        boolean isBeingFounded = mark.isSet() && local.state() == SwarmState.PENDING;
        String epoch = local.label(SwarmSpec.EPOCH_LABEL);
        return new SwarmFacts(
                local.state(),
                local.controlAvailable(),
                local.nodeId(),
                isBeingFounded ? "" : clusterId(local),
                local.label(SwarmSpec.FLEET_LABEL),
                epoch.matches("\\d{1,18}") ? Long.parseLong(epoch) : 0,
                local.nodeAddr(),
                managers(local),
                nodes(local),
                local.error());
    }

    Optional<JoinTokens> joinTokens() throws MachineException {
        if (engine.version().isEmpty()) {
            return Optional.empty();
        }
        LocalSwarm local = local();
        if (local.state() != SwarmState.ACTIVE || !local.controlAvailable() || mark().isHalfFounded(local)) {
            return Optional.empty();
        }
        EngineJson.Cluster cluster = engine.get("/swarm").as(EngineJson.Cluster.class);
        EngineJson.Tokens tokens = cluster.joinTokens();
        if (tokens == null) {
            return Optional.empty();
        }
        // Once others may join, this swarm is no longer ours alone to give up.
        mark().clear();
        return Optional.of(new JoinTokens(cluster.id(), tokens.manager(), tokens.worker()));
    }

    /** For each answer the engine runs two programs, so it is not asked what its files tell: that it is in no swarm. */
    LocalSwarm local() throws MachineException {
        FileTime lastStart = lastStart();
        if (lastStart != null && lastStart.equals(started) && !hasState()) {
            return LocalSwarm.NONE;
        }
        EngineJson.Engine answer = engine.get("/info").as(EngineJson.Engine.class);
        data = layout.at(answer.dockerRootDir());
        started = lastStart;
        return answer.swarm();
    }

    /** Of the swarm that {@link #local} last told of. */
    FoundingMark mark() {
        return new FoundingMark(data.resolve("swarm"));
    }

    /**
     * Managers know it; on workers, and without a quorum, it stands in the node's own certificate. Empty when this node
     * is no member, and has to join anew if it is to be one.
     */
    String clusterId(LocalSwarm local) throws MachineException {
        EngineJson.Cluster cluster = local.cluster();
        if (cluster != null && !cluster.id().isEmpty()) {
            return cluster.id();
        }
        return local.state() == SwarmState.INACTIVE
                ? ""
                : certificate()
                        .filter(certificate -> !isVoid(local, certificate))
                        .map(NodeCertificate::clusterId)
                        .orElse("");
    }

    private boolean hasState() {
        return Files.exists(data.resolve(STATE));
    }

    private @Nullable FileTime lastStart() {
        try {
            return Files.getLastModifiedTime(layout.at(PROCESS));
        } catch (IOException e) {
            return null;
        }
    }

    private Optional<NodeCertificate> certificate() throws MachineException {
        return NodeCertificate.in(data.resolve("swarm"));
    }

    private SwarmFacts whileTheEngineIsDown() throws MachineException {
        SwarmFacts none = SwarmFacts.inactive();
        if (!hasState()) {
            return none;
        }
        return new SwarmFacts(
                SwarmState.PENDING,
                false,
                "",
                mark().isSet()
                        ? ""
                        : certificate().map(NodeCertificate::clusterId).orElse(""),
                "",
                0,
                "",
                List.of(),
                List.of(),
                "the Docker engine does not answer");
    }

    /** What an engine in trouble keeps of a swarm that has put it out, or of a worker that slept too long, is void. */
    private static boolean isVoid(LocalSwarm local, NodeCertificate certificate) {
        return local.state() == SwarmState.ERROR
                && (local.error().contains(REMOVED)
                        || (certificate.worker()
                                && EXPIRED.matcher(local.error()).find()));
    }

    private static List<String> managers(LocalSwarm local) {
        List<EngineJson.Peer> peers = local.remoteManagers();
        return peers == null
                ? List.of()
                : peers.stream().map(EngineJson.Peer::addr).sorted().toList();
    }

    /** None when managers cannot agree: the engine would only wait for them once more. */
    private List<SwarmNode> nodes(LocalSwarm local) throws MachineException {
        if (!local.controlAvailable() || !local.error().isEmpty()) {
            return List.of();
        }
        EngineReply reply = engine.get("/nodes");
        if (!reply.ok()) {
            return List.of();
        }
        return reply.asListOf(EngineJson.Node.class).stream()
                .map(SwarmView::node)
                .toList();
    }

    private static SwarmNode node(EngineJson.Node node) {
        ManagerStatus manages = node.managerStatus();
        boolean isManager = manages != null || node.spec().role().equals("manager");
        return new SwarmNode(
                node.id(),
                node.description() == null ? "" : node.description().hostname(),
                isManager ? Membership.MANAGER : Membership.WORKER,
                node.status() != null && node.status().state().equals("ready"),
                node.spec().availability().equals("active"),
                manages != null && manages.reachability().equals("reachable"),
                manages != null && manages.leader());
    }
}
