package io.swarmctl.agent;

import io.swarmctl.agent.answer.Answering;
import io.swarmctl.agent.bench.Benching.Instruments;
import io.swarmctl.agent.card.Correction;
import io.swarmctl.agent.card.StatusFile;
import io.swarmctl.agent.converge.Agent;
import io.swarmctl.agent.converge.Converger;
import io.swarmctl.agent.converge.Reporter;
import io.swarmctl.agent.converge.SealedJoinTokens;
import io.swarmctl.agent.link.Bus;
import io.swarmctl.agent.link.Contact;
import io.swarmctl.agent.link.ControllerAddress;
import io.swarmctl.agent.link.Discovery;
import io.swarmctl.agent.link.Enrolling.Board;
import io.swarmctl.agent.link.FleetTls;
import io.swarmctl.agent.link.LinkMeter;
import io.swarmctl.agent.link.LocalDiscovery;
import io.swarmctl.agent.link.LocalPeers;
import io.swarmctl.agent.link.NodeIdentity;
import io.swarmctl.agent.link.NodeIdentity.Credentials;
import io.swarmctl.agent.link.PackagePort;
import io.swarmctl.agent.link.Reception;
import io.swarmctl.agent.link.Renewal;
import io.swarmctl.agent.link.SpecInbox;
import io.swarmctl.agent.link.StateDirectory;
import io.swarmctl.agent.link.Tunnel;
import io.swarmctl.agent.link.Upkeep;
import io.swarmctl.agent.link.Uplinks;
import io.swarmctl.agent.machine.BootPartition;
import io.swarmctl.agent.machine.Machine;
import io.swarmctl.agent.machine.MachineException;
import io.swarmctl.agent.machine.SealedTexts;
import io.swarmctl.agent.time.TimedMachine;
import io.swarmctl.agent.time.Timekeeper;
import io.swarmctl.common.trust.Certificates;
import io.swarmctl.common.trust.FleetTrust;
import io.swarmctl.common.trust.Sealed;
import io.swarmctl.common.trust.TrustException;
import io.swarmctl.common.wire.Facts;
import io.swarmctl.common.wire.InterfaceFacts;
import io.swarmctl.common.wire.NodeSpec;
import io.swarmctl.common.wire.Services;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
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
    private final Onlooker onlooker;
    private final SecureRandom random = new SecureRandom();

    /** Makes the machine that the agent looks after. */
    @FunctionalInterface
    public interface MachineMaker {
        Machine make(AgentConfig config, SealedTexts sealedTexts);
    }

    public NodeAgent(AgentConfig config, String version, Agent.WhenReady whenReady, InstantSource clock) {
        this(config, version, whenReady, clock, Onlooker.NOBODY);
    }

    public NodeAgent(
            AgentConfig config, String version, Agent.WhenReady whenReady, InstantSource clock, Onlooker onlooker) {
        this.config = config;
        this.whenReady = whenReady;
        this.version = version;
        this.clock = clock;
        this.onlooker = onlooker;
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
        Machine bare =
                machines.make(config, text -> Sealed.open(text, identity.keys().privateKey()));
        X509Certificate ca = Certificates.fromPem(Files.readString(config.caFile()));
        Timekeeper time = new Timekeeper(clock, bare.clock(), ca.getNotBefore().toInstant(), System::nanoTime);
        Machine machine = new TimedMachine(bare, time);
        Discovery discovery = new LocalDiscovery(
                config.controllers().stream().map(ControllerAddress::parse).toList(), config.mdns());
        Board board = board(machine.facts());
        Contact contact = contact(board, time);
        AtDoor door = AtDoor.of(discovery, ca, time, identity, config.enrolmentKeyFile(), contact, random);
        boolean unused = time.isKept();
        Credentials credentials = door.enrolling().untilEnrolled(board);
        LOG.info("this is node {}", credentials.nodeId());
        onlooker.enrolled(credentials.nodeId());
        FleetTrust trust = FleetTrust.by(ca, time::believable);
        Uplinks uplinks = new Uplinks(discovery, new FleetTls(trust), identity.keys(), credentials, contact);
        door.enrolling().enrolledBy().ifPresent(uplinks::prefer);
        machine.getPackagesBy(new PackagePort(
                () -> uplinks.connect(Services.PACKAGES),
                LocalPeers.ofThisProcess(),
                PackagePort.aptUser(Path.of("/etc/passwd"))));
        serve(
                new Node(machine, state, identity, credentials, time),
                new SpecInbox(credentials.nodeId(), trust, state),
                uplinks,
                new Reception(() -> uplinks.lastGood().ifPresent(contact::reached)),
                new Visits(door, () -> door.knock(identity, board)));
    }

    /** What is asked at the door once the node is enrolled. */
    private record Visits(AtDoor door, Renewal.Door renewal) {}

    /** An enrolled machine. */
    private record Node(
            Machine machine, StateDirectory state, NodeIdentity identity, Credentials credentials, Timekeeper time) {}

    private void serve(Node node, SpecInbox specs, Uplinks uplinks, Reception reception, Visits visits)
            throws IOException, InterruptedException {
        Credentials credentials = node.credentials();
        // Specs may come before what asks for them is there.
        AtomicReference<Consumer<NodeSpec>> followers = new AtomicReference<>(spec -> {});
        Duration nextTimeCheck = visits.door().time().lookUnlessTold();
        ScheduledExecutorService busThread =
                Executors.newSingleThreadScheduledExecutor(work -> new Thread(work, "bus"));
        try (Tunnel tunnel = new Tunnel(uplinks, LocalPeers.ofThisProcess(), reception);
                Upkeep upkeep = new Upkeep()) {
            tunnel.start();
            try (Reporter reporter = reporter(node, specs);
                    Bus bus = new Bus(
                            credentials.nodeId(),
                            credentials.busCluster(),
                            tunnel.port(),
                            busThread,
                            spec -> offer(specs, spec, followers),
                            reporter::again);
                    Answers answers = new Answers(
                            new Answering.Node(
                                    credentials.nodeId(), node.identity().keys(), node.state(), bus::put),
                            node.machine().diagnostics(),
                            instruments(node, uplinks),
                            node.time())) {
                followers.set(answers::follow);
                specs.current().ifPresent(answers::follow);
                reporter.start(bus::put);
                Renewal renewal = new Renewal(
                        visits.renewal(),
                        new Renewal.Bus(bus::answers, reception::turnedAwayInARow),
                        uplinks::renew,
                        node.time()::believable,
                        credentials.certificate(),
                        random);
                upkeep.start(renewal, visits.door().time(), nextTimeCheck);
                Converger converger = new Converger(node.machine(), new Audience(reporter, onlooker), node.time());
                new Agent(node.machine(), converger, specs, reporter, whenReady, random).run();
            }
        } finally {
            busThread.shutdownNow();
        }
    }

    private Instruments instruments(Node node, Uplinks uplinks) {
        return new Instruments(
                node.machine().workbench(), new LinkMeter(() -> uplinks.connect(Services.LINK)), version);
    }

    private Reporter reporter(Node node, SpecInbox specs) throws IOException {
        return new Reporter(
                new Reporter.Sender(
                        node.credentials().nodeId(), version, node.identity().keys(), firstNumber(node.state())),
                new SealedJoinTokens(node.machine()),
                specs::newerThanOffered,
                node.time(),
                random);
    }

    /** Tells of it on the card, where there is one. */
    private Contact contact(Board board, Timekeeper time) {
        StatusFile.Surroundings surroundings =
                new StatusFile.Surroundings(LocalDiscovery::ownAddresses, time::believable, System::nanoTime);
        Correction looksFor = new Correction(config.controllers(), config.mdns());
        return BootPartition.find(config.bootPartition())
                .<Contact>map(card -> StatusFile.begin(card, board.serial(), board.model(), looksFor, surroundings))
                .orElse(Contact.TOLD_TO_NOBODY);
    }

    private static void offer(SpecInbox specs, String jws, AtomicReference<Consumer<NodeSpec>> follower) {
        try {
            specs.offer(jws);
            specs.current().ifPresent(follower.get());
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
