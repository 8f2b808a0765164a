package io.swarmctl.controller.simulate;

import io.swarmctl.agent.machine.Diagnostics;
import io.swarmctl.agent.machine.Machine;
import io.swarmctl.agent.machine.MachineException;
import io.swarmctl.agent.machine.Output;
import io.swarmctl.agent.machine.SealedTexts;
import io.swarmctl.agent.machine.Workbench;
import io.swarmctl.common.trust.TrustException;
import io.swarmctl.common.wire.Action;
import io.swarmctl.common.wire.DockerFacts;
import io.swarmctl.common.wire.Facts;
import io.swarmctl.common.wire.Fingerprint;
import io.swarmctl.common.wire.HardwareFacts;
import io.swarmctl.common.wire.HostnameFacts;
import io.swarmctl.common.wire.InterfaceFacts;
import io.swarmctl.common.wire.JoinTokens;
import io.swarmctl.common.wire.MemoryCgroup;
import io.swarmctl.common.wire.PackageFacts;
import io.swarmctl.common.wire.SshFacts;
import io.swarmctl.common.wire.SwarmFacts;
import io.swarmctl.common.wire.SystemFacts;
import io.swarmctl.common.wire.UserFacts;
import io.swarmctl.controller.simulate.SimulatedSwarm.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A Pi in memory: what actions change can be read back as facts. Used by one thread at a time, but for what happens to
 * it from outside.
 */
public final class SimulatedMachine implements Machine {
    private static final long GIB = 1L << 30;

    private static final String BOOT = "boot";

    /** What a processor is warmer by when it has something to do. */
    private static final double WORKING_CELSIUS = 9;

    private final Board board;
    private final SimulatedSwarm swarms;
    private final Pace pace;

    private SealedTexts sealedTexts;
    private final Map<String, UserFacts> users = new LinkedHashMap<>();
    private HostnameFacts hostname = new HostnameFacts("raspberrypi", "raspberrypi", "raspberrypi");
    private boolean ssh;
    private boolean interrupted;
    private boolean indexKnown;
    private int upgradable = 12;
    private String repository = "";
    private MemoryCgroup memoryCgroup;
    private int boots = 1;
    private DockerFacts docker = new DockerFacts(false, false, "");

    /** Volatile, as the two below: whoever pulls a plug does so while the agent works. */
    private volatile @Nullable Place place;

    private volatile boolean reachable = true;
    private boolean working;
    private volatile Setting setting = Setting.USUAL;

    /** For the thread that diagnoses. */
    private volatile @Nullable Facts told;

    /** What differs from board to board. */
    public record Board(String serial, String model, String address, Traits traits) {
        /** One that is as most are. */
        public Board(String serial, String model, String address) {
            this(serial, model, address, Traits.USUAL);
        }
    }

    /**
     * What people look at when a board behaves in another way than its neighbours.
     *
     * @param throttled the firmware's bits, as {@code vcgencmd get_throttled} shows them
     * @param celsius of the idle processor
     * @param wired on the network by a cable, and not by wifi
     */
    public record Traits(long memoryBytes, int throttled, double celsius, String kernel, boolean wired) {
        public static final Traits USUAL = new Traits(GIB, 0, 48.5, "6.12.25", true);
    }

    /** What the machine finds around it. */
    public record Setting(long freeDiskBytes, boolean defaultRoute, List<String> nameServers) {
        public static final Setting USUAL = new Setting(20 * GIB, true, List.of("10.0.0.254"));

        public Setting {
            nameServers = List.copyOf(nameServers);
        }
    }

    /** Lets an action take its time, and fail. */
    @FunctionalInterface
    public interface Pace {
        /** @throws MachineException when the simulated action fails before it has changed anything */
        void spend(Action action, Output output) throws MachineException;

        /**
         * Called once the action has changed the machine.
         *
         * @throws MachineException when whoever asked for it does not learn that it was done
         */
        default void finish(Action action) throws MachineException {}

        /** What it is measured with. */
        default Workbench workbench() {
            return Workbench.NONE;
        }
    }

    /** @param memoryCgroup as the board's kernel was booted; {@code NOT_ASKED_FOR} makes the machine reboot once */
    public SimulatedMachine(
            Board board, SimulatedSwarm swarms, SealedTexts sealedTexts, MemoryCgroup memoryCgroup, Pace pace) {
        this.board = board;
        this.swarms = swarms;
        this.sealedTexts = sealedTexts;
        this.memoryCgroup = memoryCgroup;
        this.pace = pace;
        users.put("pi", new UserFacts("pi", Fingerprint.of("raspberry"), List.of("sudo"), List.of()));
    }

    /** The machine as it was when these were its facts; its part in a swarm it has as long as the swarm knows it. */
    public void restore(Facts last) {
        users.clear();
        last.users().forEach(user -> users.put(user.name(), user));
        hostname = last.hostname();
        ssh = last.ssh().enabled();
        interrupted = last.packages().interrupted();
        indexKnown = last.packages().indexAgeSeconds() != null;
        upgradable = last.packages().upgradable() == null
                ? upgradable
                : last.packages().upgradable();
        repository = last.packages().dockerRepository();
        memoryCgroup = last.memoryCgroup();
        boots = bootsUntil(last.system().bootId());
        reboot();
        docker = last.docker();
        Place before = new Place(last.swarm().clusterId(), last.swarm().nodeId());
        place = swarms.knows(before) ? before : null;
    }

    /** The same machine with an agent that has another key, or around other things. Not while an agent works on it. */
    public void restart(SealedTexts newKey) {
        sealedTexts = newKey;
    }

    public void set(Setting other) {
        setting = other;
    }

    /** Pulls the plug or the cable, or puts it back: the swarm notices, and the machine itself need not. */
    public void reachable(boolean there) {
        reachable = there;
        Place here = place;
        if (here != null) {
            swarms.reachable(here, there);
        }
    }

    @Override
    public Facts facts() {
        Facts now = look();
        told = now;
        return now;
    }

    private Facts look() {
        Traits traits = board.traits();
        double celsius = traits.celsius() + (working ? WORKING_CELSIUS : 0);
        return new Facts(
                new HardwareFacts(board.serial(), board.model(), traits.memoryBytes(), traits.throttled(), celsius),
                new SystemFacts(
                        // For no real system: nobody is to gather packages for it.
                        "Debian GNU/Linux 12 (bookworm), simulated",
                        "bookworm",
                        traits.kernel(),
                        "arm64",
                        setting.freeDiskBytes(),
                        BOOT + boots,
                        true),
                hostname,
                new ArrayList<>(users.values()),
                new SshFacts(true, ssh),
                new PackageFacts(
                        interrupted, indexKnown ? 60L : null, indexKnown ? upgradable : null, repository, null, null),
                memoryCgroup,
                docker,
                place == null ? SwarmFacts.inactive() : swarms.facts(place),
                List.of(new InterfaceFacts(
                        traits.wired() ? "eth0" : "wlan0", board.address(), traits.wired(), setting.defaultRoute())),
                null,
                setting.nameServers());
    }

    @Override
    public void apply(Action action, Output output) throws MachineException {
        working = true;
        try {
            change(action, output);
        } finally {
            working = false;
        }
    }

    private void change(Action action, Output output) throws MachineException {
        try {
            pace.spend(action, output);
        } catch (MachineException e) {
            // What dpkg was about when it was interrupted has to be repaired; what only failed has not.
            interrupted |= isAboutPackages(action) && Thread.currentThread().isInterrupted();
            throw e;
        }
        if (isAboutPackages(action)) {
            requireInternet(action);
        }
        if (!access(action) && !system(action)) {
            swarm(action);
        }
        pace.finish(action);
    }

    @Override
    public Optional<JoinTokens> joinTokens() {
        return place == null ? Optional.empty() : swarms.tokens(place);
    }

    @Override
    public void reboot() {
        boots++;
        if (memoryCgroup == MemoryCgroup.AFTER_REBOOT) {
            memoryCgroup = MemoryCgroup.AVAILABLE;
        }
    }

    @Override
    public Diagnostics diagnostics() {
        return new SimulatedDiagnostics(
                () -> Objects.requireNonNull(told, "an agent looks at its machine before anybody asks it"));
    }

    @Override
    public Workbench workbench() {
        return pace.workbench();
    }

    /** The board or its card is destroyed: its part in a swarm never comes back. */
    public void destroy() {
        if (place != null) {
            swarms.destroy(place);
        }
    }

    private static int bootsUntil(String bootId) {
        String number = bootId.startsWith(BOOT) ? bootId.substring(BOOT.length()) : "";
        return number.matches("[0-9]{1,8}") ? Integer.parseInt(number) : 1;
    }

    private static boolean isAboutPackages(Action action) {
        return action instanceof Action.RefreshPackageIndex
                || action instanceof Action.UpgradePackages
                || action instanceof Action.InstallDocker;
    }

    private boolean access(Action action) throws MachineException {
        if (action instanceof Action.CreateUser create) {
            users.put(create.name(), new UserFacts(create.name(), "", List.of(), List.of()));
        } else if (action instanceof Action.SetPassword set) {
            String fingerprint = Fingerprint.of(open(set.sealedHash()));
            user(set.user(), u -> new UserFacts(u.name(), fingerprint, u.groups(), u.authorizedKeys()));
        } else if (action instanceof Action.LockPassword lock) {
            user(lock.user(), u -> new UserFacts(u.name(), "", u.groups(), u.authorizedKeys()));
        } else if (action instanceof Action.SetAuthorizedKeys set) {
            user(set.user(), u -> new UserFacts(u.name(), u.passwordFingerprint(), u.groups(), set.keys()));
        } else if (action instanceof Action.AddToGroup add) {
            user(add.user(), u -> {
                List<String> groups = new ArrayList<>(u.groups());
                groups.add(add.group());
                return new UserFacts(u.name(), u.passwordFingerprint(), groups, u.authorizedKeys());
            });
        } else if (action instanceof Action.SetSsh set) {
            ssh = set.enabled();
        } else {
            return false;
        }
        return true;
    }

    private void requireInternet(Action action) throws MachineException {
        if (!setting.defaultRoute()) {
            throw new MachineException(
                    "cannot " + action.title() + ": the package server cannot be reached",
                    "check the node's way to the internet; the agent tries again",
                    true,
                    null);
        }
        if (setting.nameServers().isEmpty()) {
            throw new MachineException(
                    "cannot " + action.title() + ": the package server's name cannot be looked up",
                    "check the node's network and its name server; the agent tries again",
                    true,
                    null);
        }
    }

    private boolean system(Action action) {
        if (action instanceof Action.SetHostname set) {
            hostname = new HostnameFacts(set.name(), set.name(), set.name());
        } else if (action instanceof Action.RepairPackages) {
            interrupted = false;
        } else if (action instanceof Action.RefreshPackageIndex) {
            indexKnown = true;
        } else if (action instanceof Action.UpgradePackages) {
            upgradable = 0;
        } else if (action instanceof Action.EnableMemoryCgroup) {
            memoryCgroup = MemoryCgroup.AFTER_REBOOT;
        } else if (action instanceof Action.AddDockerRepository add) {
            repository = add.location();
            indexKnown = false;
        } else if (action instanceof Action.InstallDocker) {
            docker = new DockerFacts(true, false, "");
        } else if (action instanceof Action.StartDocker) {
            docker = new DockerFacts(true, true, "20.10.24");
        } else {
            return false;
        }
        return true;
    }

    private void swarm(Action action) throws MachineException {
        boolean alone = action instanceof Action.FoundSwarm || action instanceof Action.LeaveSwarm;
        if (!reachable && !alone) {
            throw new MachineException("no manager of the swarm answers", "check the network", true, null);
        }
        Place here = place;
        if (action instanceof Action.FoundSwarm found && here == null) {
            place = swarms.found(found.fleetId(), found.founderEpoch(), hostname.live(), board.address());
        } else if (action instanceof Action.RecoverSwarm recover && here != null) {
            swarms.recover(here, recover.founderEpoch());
        } else if (action instanceof Action.JoinSwarm join && here == null) {
            place = swarms.join(open(join.sealedToken()), hostname.live(), board.address());
        } else if (action instanceof Action.LeaveSwarm && here != null) {
            swarms.leave(here);
            place = null;
        } else if (action instanceof Action.DemoteSwarmNode demote && here != null) {
            swarms.demote(here, demote.swarmNodeId());
        } else if (action instanceof Action.ForgetSwarmNode forget && here != null) {
            swarms.forget(here, forget.swarmNodeId());
        }
    }

    private void user(String name, UnaryOperator<UserFacts> change) {
        users.computeIfPresent(name, (key, user) -> change.apply(user));
    }

    private String open(String sealed) throws MachineException {
        try {
            return sealedTexts.open(sealed);
        } catch (TrustException e) {
            throw new MachineException("a secret that was not sealed to this node", "nothing", false, e);
        }
    }
}
