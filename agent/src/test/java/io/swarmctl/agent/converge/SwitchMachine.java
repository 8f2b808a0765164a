package io.swarmctl.agent.converge;

import io.swarmctl.agent.machine.Machine;
import io.swarmctl.agent.machine.MachineException;
import io.swarmctl.agent.machine.Output;
import io.swarmctl.common.wire.Action;
import io.swarmctl.common.wire.DockerFacts;
import io.swarmctl.common.wire.Facts;
import io.swarmctl.common.wire.HardwareFacts;
import io.swarmctl.common.wire.HostnameFacts;
import io.swarmctl.common.wire.InterfaceFacts;
import io.swarmctl.common.wire.JoinTokens;
import io.swarmctl.common.wire.MemoryCgroup;
import io.swarmctl.common.wire.PackageFacts;
import io.swarmctl.common.wire.SshFacts;
import io.swarmctl.common.wire.SwarmFacts;
import io.swarmctl.common.wire.SystemFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A machine that has a hostname and a Docker engine, and nothing else that could change. */
final class SwitchMachine implements Machine {
    final List<Action> applied = new ArrayList<>();
    String hostname = "raspberrypi";
    boolean docker = true;
    int brokenAttempts;
    boolean deaf;
    MemoryCgroup memoryCgroup = MemoryCgroup.AVAILABLE;
    int reboots;
    int closeLooks;
    Runnable meanwhile = () -> {};

    @Override
    public Facts facts() {
        closeLooks++;
        return factsAtHand();
    }

    @Override
    public Facts factsAtHand() {
        return new Facts(
                new HardwareFacts("serial-1", "Raspberry Pi 3", 1L << 30, null, null),
                new SystemFacts("Debian 12", "bookworm", "6.12", "arm64", 20L << 30, "boot-" + reboots, true),
                new HostnameFacts(hostname, hostname, hostname),
                List.of(),
                new SshFacts(false, false),
                new PackageFacts(false, 1L, 0, "", null, null),
                memoryCgroup,
                new DockerFacts(docker, docker, docker ? "20.10" : ""),
                SwarmFacts.inactive(),
                List.of(new InterfaceFacts("eth0", "10.0.0.5", true, true)),
                null,
                List.of("10.0.0.1"));
    }

    @Override
    public void apply(Action action, Output output) throws MachineException {
        applied.add(action);
        output.line("doing it");
        meanwhile.run();
        if (brokenAttempts > 0) {
            brokenAttempts--;
            throw new MachineException("it broke", "nothing; it is tried again", true, null);
        }
        if (deaf) {
            return;
        }
        if (action instanceof Action.SetHostname set) {
            hostname = set.name();
        } else if (action instanceof Action.InstallDocker) {
            docker = true;
        }
    }

    @Override
    public Optional<JoinTokens> joinTokens() {
        return Optional.empty();
    }

    @Override
    public void reboot() {
        reboots++;
    }
}
