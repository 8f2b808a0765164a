package io.swarmctl.controller.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.swarmctl.common.wire.DockerSource;
import io.swarmctl.common.wire.DockerSpec;
import io.swarmctl.common.wire.Upgrade;
import io.swarmctl.controller.api.PolicyPort.Problem;
import io.swarmctl.controller.api.PolicyPort.Refused;
import io.swarmctl.controller.fleet.Policy;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FleetYamlTest {
    private static final String HASH = RandomPolicies.sha512("a");
    private static final String KEY = RandomPolicies.sshKey("me@laptop");

    private final FleetYaml yaml = new FleetYaml();

    @Test
    void theSmallestFileIsTheInitialPolicy() throws Refused {
        assertThat(yaml.read("version: 1", Policy.initial())).isEqualTo(Policy.initial());
    }

    @Test
    void aFullFileIsReadWhole() throws Refused {
        String text = """
                version: 1
                user: {name: pi, passwordHash: "%s", sshKeys: ["%s"]}
                ssh: true
                approval: manual
                upgrade: full
                docker: {source: repository, repository: https://download.docker.com/linux/debian}
                swarm: {addressPools: [10.20.0.0/16, 10.30.0.0/16], subnetSize: 26, advertiseInterface: eth0}
                names: {00000000ABCDEF01: kitchen, 0010: cellar}
                roles: {auto: {managers: 3, settle: 2m}}
                packages: {cache: {enabled: false, size: 2GB, upstreams: [https://Example.org], docker: false}}
                """.formatted(HASH, KEY);
        assertThat(yaml.read(text, Policy.initial()))
                .isEqualTo(new Policy(
                        new Policy.User("pi", HASH, List.of(KEY)),
                        true,
                        Policy.Approval.MANUAL,
                        Upgrade.FULL,
                        new DockerSpec(DockerSource.REPOSITORY, "https://download.docker.com/linux/debian"),
                        new Policy.Swarm(List.of("10.20.0.0/16", "10.30.0.0/16"), 26, "eth0"),
                        Map.of("00000000abcdef01", "kitchen", "0010", "cellar"),
                        new Policy.Auto(3, 120),
                        new Policy.PackageCache(false, 2_000, List.of("https://example.org"), false)));
    }

    @Test
    void aKeyWithoutValueIsAsGoodAsNone() throws Refused {
        String text = "version: 1\nuser:\nroles:\n  auto:\n  # managers: 3\nnames:\nswarm:\n";
        assertThat(yaml.read(text, Policy.initial())).isEqualTo(Policy.initial());
    }

    @Test
    void writtenFormIsStable() {
        Policy policy = new Policy(
                new Policy.User("pi", HASH, List.of(KEY)),
                false,
                Policy.Approval.AUTOMATIC,
                Upgrade.NONE,
                new DockerSpec(DockerSource.DIRECTORY, "/opt/swarmctl/docker"),
                new Policy.Swarm(List.of(), 24, null),
                Map.of("2", "b", "1", "a"),
                new Policy.Auto(3, 45));
        assertThat(yaml.write(policy)).isEqualTo("""
                # What the fleet wants of all its nodes; put in force with: swarmctl fleet apply -f fleet.yaml
                version: 1

                # the first user of every node; may use sudo and Docker
                user:
                  name: "pi"
                  # for another password, put the output of 'openssl passwd -6' here, in single quotes
                  passwordHash: %s
                  sshKeys:
                    - "%s"

                # whether nodes let people in by SSH
                ssh: false

                # how a node with a valid enrolment key comes in: by itself, or when a person has approved it
                approval: automatic

                # what happens to a node's packages before it joins the swarm: nothing, or all are brought up to date
                upgrade: none

                # where nodes get their Docker engine from
                docker:
                  source: directory
                  directory: "/opt/swarmctl/docker"

                # how the swarm is founded
                swarm:
                  addressPools: []
                  subnetSize: 24
                  #advertiseInterface: eth0

                # names of nodes by board serial; all others are called pi-NNN
                names:
                  "1": "a"
                  "2": "b"

                # who decides on the nodes' roles
                roles:
                  auto:
                    managers: 3
                    settle: 45s

                # how nodes get their packages
                packages:
                  cache:
                    enabled: true
                    size: 10GB
                    upstreams: []
                    docker: true
                """.formatted(PolicyWriter.kept(HASH), KEY));
    }

    static IntStream seeds() {
        return IntStream.range(0, 500);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whatIsWrittenIsReadAsItWasAndWrittenTheSame(int seed) throws Refused {
        Policy policy = new RandomPolicies(seed).next();
        String written = yaml.write(policy);
        Policy read = yaml.read(written, policy);
        assertThat(read).isEqualTo(policy);
        assertThat(yaml.write(read)).isEqualTo(written);
        assertThat(yaml.diff(policy, read)).isEmpty();
        if (policy.user() != null) {
            assertThat(written).doesNotContain(policy.user().passwordHash());
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aDifferenceIsShownExactlyWhereThereIsOneAndWithoutSecrets(int seed) {
        RandomPolicies random = new RandomPolicies(seed);
        Policy before = random.next();
        Policy after = random.next();
        List<String> lines = yaml.diff(before, after);
        assertThat(lines.isEmpty()).isEqualTo(before.equals(after));
        for (Policy policy : List.of(before, after)) {
            if (policy.user() != null) {
                assertThat(String.join("\n", lines))
                        .doesNotContain(policy.user().passwordHash());
            }
        }
    }

    @Test
    void differencesNameThePathAndBothSides() {
        Policy before = Policy.initial();
        Policy after = new Policy(
                new Policy.User("pi", HASH, List.of(KEY)),
                true,
                before.approval(),
                before.upgrade(),
                before.docker(),
                before.swarm(),
                Map.of("10", "kitchen"),
                new Policy.Auto(3, 30));
        assertThat(yaml.diff(before, after))
                .containsExactly(
                        "ssh: false -> true",
                        "user.name: (none) -> pi",
                        "user.passwordHash: (none) -> " + PolicyWriter.kept(HASH),
                        "names.10: (none) -> kitchen",
                        "roles.auto.managers: (none) -> 3",
                        "roles.auto.settle: (none) -> 30s",
                        "user.sshKeys: (none) -> " + KEY);
    }

    @Test
    void anotherOrderOfKeysIsADifference() {
        String other = RandomPolicies.sshKey("other");
        Policy one = withKeys(List.of(KEY, other));
        assertThat(yaml.diff(one, withKeys(List.of(other, KEY)))).hasSize(1);
        assertThat(yaml.diff(one, withKeys(List.of(other)))).containsExactly("user.sshKeys: " + KEY + " -> (none)");
    }

    @Test
    void anExportedPasswordIsKeptOnlyWhileItIsTheSame() throws Refused {
        Policy policy = withKeys(List.of());
        String exported = yaml.write(policy);
        assertThat(yaml.read(exported, policy)).isEqualTo(policy);
        assertRefused(exported, Policy.initial(), "there is no password that could be kept");
        Policy.User changed = new Policy.User("pi", RandomPolicies.sha512("b"), List.of());
        Policy meanwhile = new Policy(
                changed, false, policy.approval(), policy.upgrade(), policy.docker(), policy.swarm(), Map.of(), null);
        assertRefused(exported, meanwhile, "the fleet has another password meanwhile");
    }

    @Test
    void theSchemaIsPublished() {
        assertThat(yaml.schema()).contains("https://json-schema.org/draft/2020-12/schema", "advertiseInterface");
    }

    private void assertRefused(String text, Policy current, String problem) {
        assertThatThrownBy(() -> yaml.read(text, current))
                .asInstanceOf(type(Refused.class))
                .satisfies(refused -> assertThat(refused.problems())
                        .extracting(Problem::problem)
                        .containsExactly(problem));
    }

    private static Policy withKeys(List<String> keys) {
        Policy initial = Policy.initial();
        return new Policy(
                new Policy.User("pi", HASH, keys),
                false,
                initial.approval(),
                initial.upgrade(),
                initial.docker(),
                initial.swarm(),
                Map.of(),
                null);
    }
}
