package io.swarmctl.common.wire;

import io.avaje.jsonb.Json;
import java.util.List;
import java.util.Optional;

/** A machine as it is now, read from its files and sockets. Holds no secrets. */
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
        List<InterfaceFacts> interfaces) {
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
    }

    public Optional<UserFacts> user(String name) {
        return users.stream().filter(user -> user.name().equals(name)).findFirst();
    }
}
