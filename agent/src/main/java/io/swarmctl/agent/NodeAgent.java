package io.swarmctl.agent;

import io.swarmctl.agent.converge.Agent;
import io.swarmctl.agent.converge.Converger;
import io.swarmctl.agent.converge.Reporter;
import io.swarmctl.agent.converge.SealedJoinTokens;
import io.swarmctl.agent.link.Bus;
import io.swarmctl.agent.link.ControllerAddress;
import io.swarmctl.agent.link.Discovery;
import io.swarmctl.agent.link.Enrolling;
import io.swarmctl.agent.link.Enrolling.Board;
import io.swarmctl.agent.link.Enrolment;
import io.swarmctl.agent.link.FleetTls;
import io.swarmctl.agent.link.LocalDiscovery;
import io.swarmctl.agent.link.LocalPeers;
import io.swarmctl.agent.link.NodeIdentity;
import io.swarmctl.agent.link.NodeIdentity.Credentials;
import io.swarmctl.agent.link.Renewal;
import io.swarmctl.agent.link.SpecInbox;
import io.swarmctl.agent.link.StateDirectory;
import io.swarmctl.agent.link.Tunnel;
import io.swarmctl.agent.link.Uplinks;
import io.swarmctl.agent.machine.Machine;
import io.swarmctl.agent.machine.MachineException;
import io.swarmctl.agent.machine.SealedTexts;
import io.swarmctl.common.trust.Certificates;
import io.swarmctl.common.trust.FleetTrust;
import io.swarmctl.common.trust.Sealed;
import io.swarmctl.common.trust.TrustException;
import io.swarmctl.common.wire.Facts;
import io.swarmctl.common.wire.InterfaceFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One node's agent, from the first knock at the controller's door on. */
public final class NodeAgent {
    private static final Logger LOG = LoggerFactory.getLogger(NodeAgent.class);

    /** Reports are numbered from here on upwards after every start: no start reaches the next one's numbers. */
    private static final int NUMBERS_A_START = 32;

    private static final String STARTS = "starts";

    private final AgentConfig config;
    private final String version;
    private final Agent.WhenReady whenReady;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    /** Makes the machine that the agent looks after. */
    @FunctionalInterface
    public interface MachineMaker {
        Machine make(AgentConfig config, SealedTexts sealedTexts);
    }

    public NodeAgent(AgentConfig config, String version, Agent.WhenReady whenReady, InstantSource clock) {
        this.config = config;
        this.whenReady = whenReady;
        this.version = version;
        this.clock = clock;
    }

    /**
     * Works until the thread is interrupted; returns when the agent is to be started again.
     *
     * @throws IOException when the node's own disk fails
     * @throws TrustException when the fleet's certificate on the card is damaged
     * @throws MachineException when the machine cannot be looked at
     */
    public void run(MachineMaker machines) throws IOException, TrustException, MachineException, InterruptedException {
        StateDirectory state = new StateDirectory(config.stateDirectory());
        NodeIdentity identity = NodeIdentity.loadOrCreate(state);
        Machine machine =
                machines.make(config, text -> Sealed.open(text, identity.keys().privateKey()));
        FleetTrust trust = new FleetTrust(Certificates.fromPem(Files.readString(config.caFile())), clock);
        FleetTls tls = new FleetTls(trust, FleetTls.hasAesInstructions(Path.of("/proc/cpuinfo")));
        Discovery discovery = new LocalDiscovery(
                config.controllers().stream().map(ControllerAddress::parse).toList(), config.mdns());
        Enrolling enrolling =
                new Enrolling(discovery, new Enrolment(tls, trust), identity, config.enrolmentKeyFile(), random);
        Board board = board(machine.facts());
        Credentials credentials = enrolling.untilEnrolled(board);
        LOG.info("this is node {}", credentials.nodeId());
        Uplinks uplinks = new Uplinks(discovery, tls, identity.keys(), credentials);
        serve(
                machine,
                state,
                identity,
                credentials,
                new SpecInbox(credentials.nodeId(), trust, state),
                new Way(uplinks, () -> enrolling.again(board) ? identity.credentials() : Optional.empty()));
    }

    /** How the node reaches its controller, and the door where it gets what it needs for that. */
    private record Way(Uplinks uplinks, Renewal.Door door) {}

    private void serve(
            Machine machine,
            StateDirectory state,
            NodeIdentity identity,
            Credentials credentials,
            SpecInbox specs,
            Way way)
            throws IOException, InterruptedException {
        ScheduledExecutorService busThread =
                Executors.newSingleThreadScheduledExecutor(work -> new Thread(work, "bus"));
        try (Tunnel tunnel = new Tunnel(way.uplinks(), LocalPeers.ofThisProcess())) {
            tunnel.start();
            try (Reporter reporter = new Reporter(
                            new Reporter.Sender(credentials.nodeId(), version, identity.keys(), firstNumber(state)),
                            new SealedJoinTokens(machine),
                            specs::newerThanOffered,
                            clock);
                    Bus bus = new Bus(
                            credentials.nodeId(),
                            credentials.busCluster(),
                            tunnel.port(),
                            busThread,
                            spec -> offer(specs, spec),
                            reporter::again)) {
                reporter.start(bus::put);
                Renewal renewal =
                        new Renewal(way.door(), bus::answers, way.uplinks()::renew, clock, credentials.certificate());
                Future<?> unused = busThread.scheduleWithFixedDelay(renewal::minute, 1, 1, TimeUnit.MINUTES);
                new Agent(machine, new Converger(machine, reporter, clock), specs, reporter, whenReady, random).run();
            }
        } finally {
            busThread.shutdownNow();
        }
    }

    private static void offer(SpecInbox specs, String jws) {
        try {
            specs.offer(jws);
        } catch (TrustException | IOException e) {
            LOG.warn("a spec is not taken: {}", e.getMessage());
        }
    }

    private Board board(Facts facts) {
        String address = facts.interfaces().stream()
                .map(InterfaceFacts::address)
                .findFirst()
                .orElse("");
        return new Board(
                facts.hardware().serial(),
                facts.hardware().model(),
                facts.hardware().memoryBytes(),
                address,
                version);
    }

    private static long firstNumber(StateDirectory state) throws IOException {
        long starts = state.read(STARTS)
                .map(String::strip)
                .filter(text -> text.matches("[0-9]{1,9}"))
                .map(Long::valueOf)
                .orElse(0L);
        state.write(STARTS, String.valueOf(starts + 1));
        return (starts + 1) << NUMBERS_A_START;
    }
}
