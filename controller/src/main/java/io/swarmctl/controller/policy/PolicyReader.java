package io.swarmctl.controller.policy;

import io.swarmctl.common.wire.DockerSource;
import io.swarmctl.common.wire.DockerSpec;
import io.swarmctl.common.wire.Upgrade;
import io.swarmctl.controller.fleet.Policy;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Makes a policy of JSON that the schema and the checks have passed. */
final class PolicyReader {
    static final int DEFAULT_SUBNET_SIZE = 24;
    static final String DEFAULT_SETTLE = "30s";

    private PolicyReader() {}

    /** @param passwords the hash that is meant by what stands in the text */
    static Policy policy(JsonObject json, UnaryOperator<String> passwords) {
        return new Policy(
                user(json.getJsonObject("user"), passwords),
                json.getBoolean("ssh", false),
                choice(Policy.Approval.class, json.getString("approval", "automatic")),
                choice(Upgrade.class, json.getString("upgrade", "none")),
                docker(json.getJsonObject("docker")),
                swarm(json.getJsonObject("swarm", new JsonObject())),
                names(json.getJsonObject("names", new JsonObject())),
                auto(json.getJsonObject("roles", new JsonObject()).getJsonObject("auto")),
                packageCache(
                        json.getJsonObject("packages", new JsonObject()).getJsonObject("cache", new JsonObject())));
    }

    private static Policy.@Nullable User user(@Nullable JsonObject user, UnaryOperator<String> passwords) {
        return user == null
                ? null
                : new Policy.User(
                        user.getString("name"),
                        passwords.apply(user.getString("passwordHash")),
                        texts(user.getJsonArray("sshKeys")));
    }

    private static DockerSpec docker(@Nullable JsonObject docker) {
        if (docker == null) {
            return new DockerSpec(DockerSource.DEBIAN, "");
        }
        DockerSource source = choice(DockerSource.class, docker.getString("source"));
        return switch (source) {
            case DEBIAN -> new DockerSpec(source, "");
            case REPOSITORY -> new DockerSpec(source, docker.getString("repository"));
            case DIRECTORY -> new DockerSpec(source, docker.getString("directory"));
        };
    }

    private static Policy.Swarm swarm(JsonObject swarm) {
        return new Policy.Swarm(
                texts(swarm.getJsonArray("addressPools")),
                swarm.getInteger("subnetSize", DEFAULT_SUBNET_SIZE),
                swarm.getString("advertiseInterface"));
    }

    private static Map<String, String> names(JsonObject names) {
        Map<String, String> bySerial = new TreeMap<>();
        names.forEach(entry -> bySerial.put(entry.getKey().toLowerCase(Locale.ROOT), String.valueOf(entry.getValue())));
        return bySerial;
    }

    private static Policy.@Nullable Auto auto(@Nullable JsonObject auto) {
        return auto == null
                ? null
                : new Policy.Auto(auto.getInteger("managers"), seconds(auto.getString("settle", DEFAULT_SETTLE)));
    }

    private static Policy.PackageCache packageCache(JsonObject cache) {
        Policy.PackageCache usual = Policy.PackageCache.USUAL;
        return new Policy.PackageCache(
                cache.getBoolean("enabled", usual.enabled()),
                megabytes(cache.getString("size", usual.megabytes() + "MB")),
                texts(cache.getJsonArray("upstreams")).stream()
                        .map(upstream -> upstream.toLowerCase(Locale.ROOT))
                        .toList(),
                cache.getBoolean("docker", usual.gathersDocker()));
    }

    /** Of a text such as {@code 500MB} or {@code 10GB}. */
    private static int megabytes(String size) {
        int amount = Integer.parseInt(size.substring(0, size.length() - 2));
        return size.endsWith("GB") ? amount * 1_000 : amount;
    }

    /** Of a text such as {@code 30s} or {@code 2m}. */
    static int seconds(String duration) {
        int amount = Integer.parseInt(duration.substring(0, duration.length() - 1));
        return switch (duration.charAt(duration.length() - 1)) {
            case 'h' -> amount * 3_600;
            case 'm' -> amount * 60;
            default -> amount;
        };
    }

    private static <E extends Enum<E>> E choice(Class<E> type, String word) {
        return Enum.valueOf(type, word.toUpperCase(Locale.ROOT));
    }

    private static List<String> texts(@Nullable JsonArray array) {
        return array == null ? List.of() : array.stream().map(String::valueOf).toList();
    }
}
