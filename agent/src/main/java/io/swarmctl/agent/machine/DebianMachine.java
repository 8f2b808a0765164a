package io.swarmctl.agent.machine;

import io.swarmctl.agent.machine.Commands.Command;
import io.swarmctl.agent.workload.Workload;
import io.swarmctl.common.wire.Action;
import io.swarmctl.common.wire.DockerFacts;
import io.swarmctl.common.wire.Facts;
import io.swarmctl.common.wire.JoinTokens;
import io.swarmctl.common.wire.PackageFacts;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/** A machine with Debian or one of its children on it, such as Raspberry Pi OS. Used by one thread at a time. */
public final class DebianMachine implements Machine {
    private final Commands commands;

    /** A directory on it. */
    private final Path card;

    private final Concerns concerns;
    private final Appliers appliers;

    public DebianMachine(Layout layout, Commands commands, SealedTexts sealedTexts, InstantSource clock) {
        this(
                commands,
                layout.notes(),
                Concerns.of(layout, commands, new RealNetwork(), sealedTexts, clock, Patience.real()));
    }

    DebianMachine(Commands commands, Path card, Concerns concerns) {
        this.commands = commands;
        this.card = card;
        this.concerns = concerns;
        this.appliers = new Appliers(concerns);
    }

    /** What tells this board from every other one; known before anything else, and never changing. */
    public String serial() throws MachineException {
        return concerns.hardware().serial();
    }

    @Override
    public Facts facts() throws MachineException {
        return with(concerns.packageDatabase().facts());
    }

    @Override
    public Facts factsAtHand() throws MachineException {
        return with(concerns.packageDatabase().factsAtHand());
    }

    private Facts with(PackageFacts packages) throws MachineException {
        DockerFacts docker = concerns.dockerService().facts();
        return new Facts(
                concerns.hardware().facts(),
                concerns.system().facts(),
                concerns.hostname().facts(),
                concerns.accounts().facts(),
                concerns.ssh().facts(),
                packages,
                concerns.kernel().memoryCgroup(),
                docker,
                concerns.swarm().facts(docker.answers()),
                concerns.interfaces().facts(),
                null,
                concerns.nameServers().facts());
    }

    @Override
    public void apply(Action action, Output output) throws MachineException {
        appliers.apply(action, output);
    }

    @Override
    public Optional<JoinTokens> joinTokens() throws MachineException {
        return concerns.swarm().joinTokens();
    }

    @Override
    public void reboot() throws MachineException {
        concerns.kernel().noteReboot();
        commands.succeed(Command.of("systemctl", "--no-block", "reboot"), line -> {});
    }

    @Override
    public Diagnostics diagnostics() {
        return new DebianDiagnostics(commands);
    }

    @Override
    public Workbench workbench() {
        return new DebianWorkbench(commands, concerns.hardware(), Workload.command(card));
    }

    @Override
    public void getPackagesBy(PackageRoute route) {
        concerns.packageDatabase().way().take(route);
    }

    @Override
    public MachineClock clock() {
        return new DebianClock(commands);
    }
}
