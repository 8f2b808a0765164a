package io.swarmctl.controller.policy;

import io.swarmctl.common.wire.DockerSource;
import io.swarmctl.common.wire.DockerSpec;
import io.swarmctl.common.wire.Upgrade;
import io.swarmctl.controller.fleet.Policy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Policies that may be written in a fleet file, the same ones for the same seed. */
final class RandomPolicies {
    private static final List<String> COMMENTS = List.of("", "me@laptop", "a: b # c", "\"quoted\" \\ 'x'", "Zoë's key");

    private final Random random;

    RandomPolicies(long seed) {
        random = new Random(seed);
    }

    Policy next() {
        return new Policy(
                maybe(this::user),
                random.nextBoolean(),
                pick(List.of(Policy.Approval.values())),
                pick(List.of(Upgrade.values())),
                docker(),
                new Policy.Swarm(
                        pools(), 8 + 16 + random.nextInt(6), maybe(() -> pick(List.of("eth0", "wlan0", "1e3")))),
                names(),
                maybe(() -> new Policy.Auto(1 + random.nextInt(7), random.nextInt(3_601))),
                new Policy.PackageCache(
                        random.nextBoolean(),
                        1 + random.nextInt(90_000),
                        pick(List.of(List.of(), List.of("example.org", "https://apt.example.net"))),
                        random.nextBoolean()));
    }

    /** A hash of the form that {@code openssl passwd -6} has. */
    static String sha512(String salt) {
        return "$6$" + salt + "$" + "x./Z0".repeat(18).substring(0, 86);
    }

    static String sshKey(String comment) {
        byte[] type = "ssh-ed25519".getBytes(StandardCharsets.US_ASCII);
        ByteBuffer content = ByteBuffer.allocate(4 + type.length + 36);
        content.putInt(type.length).put(type).putInt(32);
        String key = "ssh-ed25519 " + Base64.getEncoder().encodeToString(content.array());
        return comment.isEmpty() ? key : key + " " + comment;
    }

    private Policy.User user() {
        List<String> hashes = List.of(
                sha512("salt" + random.nextInt(100)),
                "$6$rounds=5000$salt$" + "a".repeat(86),
                "$5$salt$" + "b".repeat(43),
                "$2b$10$" + "c".repeat(53),
                "$y$j9T$" + "d".repeat(22) + "$" + "e".repeat(43));
        List<String> keys = IntStream.range(0, random.nextInt(3))
                .mapToObj(number -> sshKey(pick(COMMENTS)))
                .toList();
        return new Policy.User(pick(List.of("pi", "a", "null", "true", "user-1")), pick(hashes), keys);
    }

    private DockerSpec docker() {
        return switch (pick(List.of(DockerSource.values()))) {
            case DEBIAN -> new DockerSpec(DockerSource.DEBIAN, "");
            case REPOSITORY ->
                new DockerSpec(
                        DockerSource.REPOSITORY,
                        pick(List.of(
                                "https://download.docker.com/linux/debian",
                                "http://10.0.0.1:8080",
                                "http://a/b_c/~d/")));
            case DIRECTORY ->
                new DockerSpec(DockerSource.DIRECTORY, pick(List.of("/opt/swarmctl/docker", "/a.b/c-d_e")));
        };
    }

    private List<String> pools() {
        return IntStream.range(0, random.nextInt(4))
                .mapToObj(number -> "10." + (number * 16 + random.nextInt(16)) + ".0.0/16")
                .toList();
    }

    private Map<String, String> names() {
        Map<String, String> names = new TreeMap<>();
        for (int number = random.nextInt(5); number > 0; number--) {
            String serial = pick(List.of("%016x", "%08x", "%d", "0x%x", "1e%d", "no", "y.%d"))
                    .formatted(number);
            names.put(serial, pick(List.of("kitchen", "007", "true", "1e3", "a-b", "off")) + number);
        }
        return names;
    }

    private <T> T maybe(Supplier<T> value) {
        return random.nextInt(4) == 0 ? null : value.get();
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
