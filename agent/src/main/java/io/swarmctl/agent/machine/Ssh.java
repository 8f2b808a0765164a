package io.swarmctl.agent.machine;

import io.swarmctl.agent.machine.Commands.Command;
import io.swarmctl.common.wire.SshFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The SSH server. */
final class Ssh {
    private static final String SERVICE = "ssh.service";
    private static final String SOCKET = "ssh.socket";

    private final Layout layout;
    private final Commands commands;

    Ssh(Layout layout, Commands commands) {
        this.layout = layout;
        this.commands = commands;
    }

    SshFacts facts() {
        boolean enabled = layout.hasLink("etc/systemd/system/multi-user.target.wants/" + SERVICE)
                || layout.hasLink("etc/systemd/system/sockets.target.wants/" + SOCKET);
        return new SshFacts(layout.exists("usr/sbin/sshd"), enabled);
    }

    void set(boolean enabled, Output output) throws MachineException {
        if (enabled) {
            if (!hasHostKeys()) {
                commands.succeed(Command.of("ssh-keygen", "-A"), output);
            }
            commands.succeed(Command.of("systemctl", "enable", "--now", SERVICE), output);
            return;
        }
        List<String> argv = new ArrayList<>(List.of("systemctl", "disable", "--now"));
        Stream.of(SERVICE, SOCKET).filter(this::hasUnit).forEach(argv::add);
        commands.succeed(Command.of(argv), output);
    }

    private boolean hasHostKeys() throws MachineException {
        return layout.entries("etc/ssh").stream()
                .anyMatch(file -> String.valueOf(file.getFileName()).matches("ssh_host_.*_key"));
    }

    private boolean hasUnit(String unit) {
        return Stream.of("usr/lib/systemd/system/", "lib/systemd/system/", "etc/systemd/system/")
                .anyMatch(directory -> layout.exists(directory + unit));
    }
}
