package io.swarmctl.common.wire;

import io.avaje.jsonb.Json;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A machine as it is now, read from its files and sockets. Holds no secrets.
 *
 * @param clock null when nobody has looked at it
 * @param nameServers addresses of those that the machine asks; null from an agent that does not tell
 */
@Json
public record Facts(
        HardwareFacts hardware,
        SystemFacts system,
        HostnameFacts hostname,
        List<UserFacts> users,
        SshFacts ssh,
        PackageFacts packages,
        MemoryCgroup memoryCgroup,
        DockerFacts docker,
        SwarmFacts swarm,
        List<InterfaceFacts> interfaces,
        @Nullable ClockFacts clock,
        @Nullable List<String> nameServers) {
    public Facts {
        Absent.required(hardware, "hardware");
        Absent.required(system, "system");
        Absent.required(hostname, "hostname");
        users = Absent.list(users);
        Absent.required(ssh, "ssh");
        Absent.required(packages, "packages");
        Absent.required(memoryCgroup, "memoryCgroup");
        Absent.required(docker, "docker");
        Absent.required(swarm, "swarm");
        interfaces = Absent.list(interfaces);
        nameServers = nameServers == null ? null : List.copyOf(nameServers);
    }

    public Facts withClock(ClockFacts other) {
        return new Facts(
                hardware,
                system,
                hostname,
                users,
                ssh,
                packages,
                memoryCgroup,
                docker,
                swarm,
                interfaces,
                other,
                nameServers);
    }

    public Optional<UserFacts> user(String name) {
        return users.stream().filter(user -> user.name().equals(name)).findFirst();
    }
}
