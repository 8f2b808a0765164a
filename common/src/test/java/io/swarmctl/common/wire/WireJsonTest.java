package io.swarmctl.common.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WireJsonTest {
    private static final NodeSpec SPEC = new NodeSpec(
            "serial-1",
            1,
            7,
            "pi-001",
            "worker",
            new UserSpec("ada", "sealed", "fingerprint", List.of("ssh-ed25519 AAAA")),
            List.of("pi"),
            false,
            Upgrade.FULL,
            new DockerSpec(DockerSource.DEBIAN, ""),
            new SwarmSpec(
                    "fleet",
                    List.of("cluster"),
                    new SwarmOrigin(1, "serial-2", "cluster"),
                    null,
                    new SwarmTarget.Join(Membership.WORKER, "cluster", List.of("10.0.0.1:2377"), "token")),
            "jwk");

    private static final String ORIGIN = "\"origin\":{\"epoch\":1,\"founder\":\"serial-2\",\"clusterId\":\"cluster\"},";

    private static final String JSON = "{\"nodeId\":\"serial-1\",\"epoch\":1,\"generation\":7,\"name\":\"pi-001\","
            + "\"role\":\"worker\",\"user\":{\"name\":\"ada\",\"sealedPasswordHash\":\"sealed\","
            + "\"passwordFingerprint\":\"fingerprint\",\"authorizedKeys\":[\"ssh-ed25519 AAAA\"]},"
            + "\"lockedUsers\":[\"pi\"],\"ssh\":false,\"upgrade\":\"FULL\","
            + "\"docker\":{\"source\":\"DEBIAN\",\"location\":\"\"},"
            + "\"swarm\":{\"fleetId\":\"fleet\",\"ownClusterIds\":[\"cluster\"],"
            + ORIGIN
            + "\"target\":{\"type\":\"join\",\"membership\":\"WORKER\",\"clusterId\":\"cluster\","
            + "\"managers\":[\"10.0.0.1:2377\"],\"sealedToken\":\"token\"}},\"sealTo\":\"jwk\"}";

    @Test
    void aSpecIsWrittenAsAgreed() {
        assertThat(WireJson.write(SPEC, NodeSpec.class)).isEqualTo(JSON);
    }

    @Test
    void aSpecIsReadAsWritten() throws Exception {
        assertThat(WireJson.read(JSON, NodeSpec.class)).isEqualTo(SPEC);
    }

    @Test
    void fieldsOfLaterVersionsAreIgnored() throws Exception {
        String later = JSON.replace("\"epoch\":1", "\"epoch\":1,\"invented\":{\"deep\":[1,2,{}]}");
        assertThat(WireJson.read(later, NodeSpec.class)).isEqualTo(SPEC);
    }

    @Test
    void aSpecOfAnEarlierVersionKnowsOfNoOrigin() throws Exception {
        NodeSpec earlier = WireJson.read(JSON.replace(ORIGIN, ""), NodeSpec.class);
        assertThat(earlier.swarm().origin()).isEqualTo(SwarmOrigin.NONE);
    }

    @Test
    void whatIsMissingIsNamed() {
        assertThatThrownBy(() -> WireJson.read(JSON.replace("\"nodeId\":\"serial-1\",", ""), NodeSpec.class))
                .isInstanceOf(WireException.class)
                .hasMessageContaining("nodeId is missing");
    }

    @Test
    void aSpecAsksByNumber() throws Exception {
        NodeSpec asking = WireJson.read(
                JSON.replace("\"sealTo\":\"jwk\"", "\"sealTo\":\"jwk\",\"asks\":{\"benchmark\":7}"), NodeSpec.class);
        assertThat(asking.asks()).isEqualTo(new Asks(null, 7L));
    }

    @Test
    void aBenchmarkIsWrittenAsAgreedAndReadAsWritten() throws Exception {
        Benchmark benchmark = new Benchmark(
                "serial-1",
                7,
                5_000,
                "1.2.3",
                4,
                48.5,
                61.0,
                new Benchmark.Measured(Map.of("cpu-one", 812.5), Map.of("card-write", "the card is full")));
        String json = "{\"nodeId\":\"serial-1\",\"number\":7,\"takenAt\":5000,\"agentVersion\":\"1.2.3\","
                + "\"throttled\":4,\"celsiusBefore\":48.5,\"celsiusAfter\":61.0,"
                + "\"measured\":{\"values\":{\"cpu-one\":812.5},\"missing\":{\"card-write\":\"the card is full\"}}}";

        assertThat(WireJson.write(benchmark, Benchmark.class)).isEqualTo(json);
        assertThat(WireJson.read(json, Benchmark.class)).isEqualTo(benchmark);
    }

    @Test
    void otherTextsAreRefused() {
        for (String text : List.of("", "null", "[]", "{", "7", JSON.replace("\"join\"", "\"jump\""))) {
            assertThatThrownBy(() -> WireJson.read(text, NodeSpec.class))
                    .as(text)
                    .isInstanceOf(WireException.class);
        }
    }
}
