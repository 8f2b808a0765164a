package io.swarmctl.agent.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.swarmctl.common.wire.Action;
import io.swarmctl.common.wire.JoinTokens;
import io.swarmctl.common.wire.Membership;
import io.swarmctl.common.wire.SwarmFacts;
import io.swarmctl.common.wire.SwarmNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What we rely on in Docker engines, tried with real ones: {@code -Dtest.groups=docker -Dtest.excludedGroups= -Dtest=RealSwarmTest}, as root. */
@Tag("docker")
final class RealSwarmTest {
    private static final Action.FoundSwarm FOUND =
            new Action.FoundSwarm("fleet-1", 3, RealEngines.address(1), List.of("10.200.0.0/16"), 24);

    @TempDir
    private Path directory;

    private final Lines output = new Lines();

    @Test
    void twoEnginesGoThroughTheLifeOfASwarm() throws Exception {
        try (RealEngines engines = RealEngines.start(directory)) {
            DockerEngine first = new DockerEngine(engines.layout(1).dockerSocket());
            SwarmView founder = new SwarmView(engines.layout(1), first);
            entry(first, founder, "").found(FOUND, output);

            SwarmFacts founded = founder.facts(true);
            assertThat(founded.fleetId()).as("labels given at init are kept").isEqualTo("fleet-1");
            assertThat(founded.founderEpoch()).isEqualTo(3);
            JoinTokens tokens = founder.joinTokens().orElseThrow();

            DockerEngine second = new DockerEngine(engines.layout(2).dockerSocket());
            SwarmView joiner = new SwarmView(engines.layout(2), second);
            SwarmEntry entry = entry(second, joiner, tokens.manager());
            entry.join(join(founded.clusterId()), output);
            SwarmFacts joined = joiner.facts(true);
            assertThat(joined.isIn(founded.clusterId())).isTrue();
            assertThat(joined.nodes()).extracting(SwarmNode::membership).containsOnly(Membership.MANAGER);

            SwarmChores chores = new SwarmChores(first, Patience.real());
            chores.demote(joined.nodeId(), output);
            assertThat(founder.facts(true).node(joined.nodeId()).orElseThrow().membership())
                    .isEqualTo(Membership.WORKER);

            entry.leave(new Action.LeaveSwarm(founded.clusterId()), output);
            assertThat(joiner.facts(true)).isEqualTo(SwarmFacts.inactive());
            chores.forget(joined.nodeId(), output);
            assertThat(founder.facts(true).nodes()).hasSize(1);
        }
    }

    @Test
    void aHalfFoundedSwarmIsGivenUpAndTheMarkGoesWithTheSwarm() throws Exception {
        try (RealEngines engines = RealEngines.start(directory)) {
            DockerEngine engine = new DockerEngine(engines.layout(1).dockerSocket());
            SwarmView view = new SwarmView(engines.layout(1), engine);
            Path mark = engines.at(1, "data/swarm/io.swarmctl.founding");
            Files.writeString(mark, "");
            EngineJson.Init unlabelled = new EngineJson.Init(
                    false, "0.0.0.0:2377", RealEngines.address(1), null, null, new EngineJson.SwarmSpecification(null));
            engine.post("/swarm/init", unlabelled, EngineJson.Init.class).orThrow();

            assertThat(mark).as("an init leaves the mark alone").exists();
            assertThat(view.facts(true)).isEqualTo(SwarmFacts.inactive());

            entry(engine, view, "").found(FOUND, output);
            assertThat(view.facts(true).fleetId()).isEqualTo("fleet-1");

            Files.writeString(mark, "");
            engine.post("/swarm/leave?force=true").orThrow();
            assertThat(mark).as("leaving takes the mark away").doesNotExist();
        }
    }

    @Test
    void aManagerThatGoesOnAloneKeepsTheSwarmAndTheOtherIsAManagerAgainByItself() throws Exception {
        try (RealEngines engines = RealEngines.start(directory)) {
            DockerEngine first = new DockerEngine(engines.layout(1).dockerSocket());
            SwarmView left = new SwarmView(engines.layout(1), first);
            SwarmEntry entry = entry(first, left, "");
            entry.found(FOUND, output);
            String clusterId = left.facts(true).clusterId();
            JoinTokens tokens = left.joinTokens().orElseThrow();
            DockerEngine second = new DockerEngine(engines.layout(2).dockerSocket());
            SwarmView other = new SwarmView(engines.layout(2), second);
            entry(second, other, tokens.manager()).join(join(clusterId), output);
            String before = other.facts(true).nodeId();
            engines.stop(2);
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> !left.facts(true).error().isEmpty()
                            || left.facts(true).nodes().stream().anyMatch(node -> !node.reachable()));

            entry.recover(new Action.RecoverSwarm("fleet-1", 4, clusterId, RealEngines.address(1)), output);

            SwarmFacts recovered = left.facts(true);
            assertThat(recovered.clusterId()).isEqualTo(clusterId);
            assertThat(recovered.founderEpoch()).isEqualTo(4);
            assertThat(left.joinTokens()).as("nobody needs a new token").contains(tokens);
            assertThat(recovered.nodes())
                    .hasSize(2)
                    .filteredOn(SwarmNode::reachable)
                    .hasSize(1);
            engines.startAgain(2);
            await().atMost(Duration.ofMinutes(3))
                    .until(() ->
                            other.facts(true).manager() && other.facts(true).founderEpoch() == 4);
            assertThat(other.facts(true).nodeId()).as("it has not left").isEqualTo(before);
        }
    }

    private static SwarmEntry entry(DockerEngine engine, SwarmView view, String token) {
        return new SwarmEntry(engine, view, Patience.real(), any -> token, new FakeNetwork());
    }

    private static Action.JoinSwarm join(String clusterId) {
        return new Action.JoinSwarm(
                Membership.MANAGER,
                clusterId,
                List.of(RealEngines.address(1) + ":2377"),
                "any",
                RealEngines.address(2));
    }
}
