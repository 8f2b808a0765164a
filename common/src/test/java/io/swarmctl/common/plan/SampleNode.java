package io.swarmctl.common.plan;

import io.swarmctl.common.wire.ClockFacts;
import io.swarmctl.common.wire.DockerFacts;
import io.swarmctl.common.wire.DockerSource;
import io.swarmctl.common.wire.DockerSpec;
import io.swarmctl.common.wire.Facts;
import io.swarmctl.common.wire.HardwareFacts;
import io.swarmctl.common.wire.HostnameFacts;
import io.swarmctl.common.wire.InterfaceFacts;
import io.swarmctl.common.wire.MemoryCgroup;
import io.swarmctl.common.wire.NodeSpec;
import io.swarmctl.common.wire.PackageFacts;
import io.swarmctl.common.wire.SshFacts;
import io.swarmctl.common.wire.SwarmFacts;
import io.swarmctl.common.wire.SwarmOrigin;
import io.swarmctl.common.wire.SwarmSpec;
import io.swarmctl.common.wire.SwarmState;
import io.swarmctl.common.wire.SwarmTarget;
import io.swarmctl.common.wire.SystemFacts;
import io.swarmctl.common.wire.Upgrade;
import io.swarmctl.common.wire.UserFacts;
import io.swarmctl.common.wire.UserSpec;
import java.util.List;

/** A Pi with Docker that is called pi-001, as its spec wants it; tests change what they are about. */
final class SampleNode {
    HardwareFacts hardware = new HardwareFacts("10000000aabbccdd", "Raspberry Pi 3 Model B Rev 1.2", 1L << 30, 0, 40.0);
    SystemFacts system = new SystemFacts("Debian 12", "bookworm", "6.12.25", "arm64", 20L << 30, "boot-1", true);
    HostnameFacts hostname = new HostnameFacts("pi-001", "pi-001", "pi-001");
    List<UserFacts> users = List.of(new UserFacts("pi", "", List.of("sudo"), List.of()));
    SshFacts ssh = new SshFacts(true, false);
    PackageFacts packages = new PackageFacts(false, 60L, 0, "", null, null);
    MemoryCgroup memoryCgroup = MemoryCgroup.AVAILABLE;
    DockerFacts docker = new DockerFacts(true, true, "20.10.24");
    SwarmFacts swarm = SwarmFacts.inactive();
    List<InterfaceFacts> interfaces = List.of(new InterfaceFacts("eth0", "10.0.0.5", true, true));
    ClockFacts clock = new ClockFacts(true, 0, "");

    List<String> nameServers = List.of("10.0.0.1");

    UserSpec user;
    Upgrade upgrade = Upgrade.NONE;
    DockerSpec source = new DockerSpec(DockerSource.DEBIAN, "");
    List<String> ownClusterIds = List.of();
    String advertiseInterface;
    SwarmTarget target = new SwarmTarget.Outside();

    Facts facts() {
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
                clock,
                nameServers);
    }

    NodeSpec spec() {
        return new NodeSpec(
                "10000000aabbccdd",
                1,
                1,
                "pi-001",
                "worker",
                user,
                List.of("pi"),
                false,
                upgrade,
                source,
                new SwarmSpec("fleet", ownClusterIds, SwarmOrigin.NONE, advertiseInterface, target),
                "jwk");
    }

    Plan plan() {
        return Planner.plan(facts(), spec());
    }

    /** In a swarm as worker. */
    static SwarmFacts member(String clusterId) {
        return new SwarmFacts(
                SwarmState.ACTIVE, false, "node-1", clusterId, "", 0, "10.0.0.5", List.of(), List.of(), "");
    }
}
