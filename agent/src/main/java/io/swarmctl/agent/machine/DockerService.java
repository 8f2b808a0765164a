package io.swarmctl.agent.machine;

import io.swarmctl.agent.machine.Commands.Command;
import io.swarmctl.agent.machine.Commands.Result;
import io.swarmctl.common.wire.DockerFacts;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The Docker engine as a service of the machine: whether it is installed, starts at boot, and answers. */
final class DockerService {
    private static final String UNIT = "docker.service";
    private static final List<String> PROGRAMS = List.of("usr/bin/", "usr/sbin/", "usr/local/bin/", "usr/local/sbin/");
    private static final Duration STARTS_WITHIN = Duration.ofMinutes(3);
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(90);
    private static final Duration ASKED_EVERY = Duration.ofMillis(500);
    private static final String NFT = "/usr/sbin/iptables-nft";

    private final Layout layout;
    private final Commands commands;
    private final Patience patience;
    private final DockerEngine engine;

    DockerService(Layout layout, Commands commands, Patience patience, DockerEngine engine) {
        this.layout = layout;
        this.commands = commands;
        this.patience = patience;
        this.engine = engine;
    }

    DockerFacts facts() {
        String version = engine.version().orElse("");
        boolean installed = !version.isEmpty() || (hasProgram("dockerd") && hasProgram("docker"));
        boolean enabled = layout.hasLink("etc/systemd/system/multi-user.target.wants/" + UNIT);
        return new DockerFacts(installed, enabled, version);
    }

    void start(Output output) throws MachineException {
        commands.succeed(Command.of("systemctl", "enable", UNIT), output);
        if (isUp(output)) {
            return;
        }
        List<String> journal = journal(output);
        Optional<DockerTrouble> trouble = DockerTrouble.in(journal);
        if (trouble.filter(known -> known == DockerTrouble.IPTABLES).isPresent() && layout.exists(NFT)) {
            output.line("the kernel has no legacy iptables; using nftables' instead");
            commands.succeed(Command.of("update-alternatives", "--set", "iptables", NFT), output);
            commands.succeed(
                    Command.of("update-alternatives", "--set", "ip6tables", "/usr/sbin/ip6tables-nft"), output);
            if (isUp(output)) {
                return;
            }
            trouble = DockerTrouble.in(journal(output));
        }
        throw trouble.map(known -> MachineException.of(known.failure("; the Docker engine does not start")))
                .orElseGet(() -> new MachineException(
                        "the Docker engine does not start", "see 'journalctl -u docker' on the node", true, null));
    }

    private boolean isUp(Output output) throws MachineException {
        // A unit that failed several times in a row is not started again before this.
        commands.run(Command.of("systemctl", "reset-failed", UNIT), line -> {});
        Result started = commands.run(Command.of("systemctl", "start", UNIT).within(STARTS_WITHIN), output);
        return started.ok()
                && patience.until(
                        ANSWERS_WITHIN, ASKED_EVERY, () -> engine.version().isPresent());
    }

    private List<String> journal(Output output) throws MachineException {
        return commands.run(Command.of("journalctl", "-u", "docker", "-n", "40", "--no-pager", "-o", "cat"), output)
                .lines();
    }

    private boolean hasProgram(String name) {
        return Stream.of(PROGRAMS).flatMap(List::stream).anyMatch(directory -> layout.exists(directory + name));
    }
}
