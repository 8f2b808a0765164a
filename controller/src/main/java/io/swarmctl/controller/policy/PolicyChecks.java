package io.swarmctl.controller.policy;

import static io.swarmctl.controller.policy.YamlDocument.pointer;

import io.swarmctl.controller.api.PolicyPort.Problem;
import io.swarmctl.controller.policy.YamlDocument.Place;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the schema cannot say about a policy whose shape is right. */
final class PolicyChecks {
    private static final int LONGEST_SETTLE_SECONDS = 3_600;

    private final YamlDocument document;
    private final JsonObject policy;
    private final List<Problem> problems = new ArrayList<>();

    private PolicyChecks(YamlDocument document, JsonObject policy) {
        this.document = document;
        this.policy = policy;
    }

    static List<Problem> problems(YamlDocument document, JsonObject policy) {
        PolicyChecks checks = new PolicyChecks(document, policy);
        checks.user();
        checks.pools();
        checks.names();
        checks.settle();
        return checks.problems;
    }

    private void user() {
        JsonObject user = policy.getJsonObject("user", new JsonObject());
        if (user.getString("name", "").equals("root")) {
            refuse("/user/name", "root is no first user", "choose another name; that user may use sudo");
        }
        JsonArray keys = user.getJsonArray("sshKeys", new JsonArray());
        for (int index = 0; index < keys.size(); index++) {
            String[] parts = keys.getString(index).split(" ", 3);
            if (!isKeyOfType(parts[1], parts[0])) {
                refuse(
                        pointer("/user/sshKeys", String.valueOf(index)),
                        "this SSH key is damaged",
                        "copy the whole line from the .pub file");
            }
        }
    }

    /** Every key names its type once more inside (RFC 4253, 6.6). */
    private static boolean isKeyOfType(String base64, String type) {
        try {
            ByteBuffer content = ByteBuffer.wrap(Base64.getDecoder().decode(base64));
            byte[] inner = new byte[type.length()];
            if (content.remaining() <= Integer.BYTES + inner.length || content.getInt() != inner.length) {
                return false;
            }
            content.get(inner);
            return new String(inner, StandardCharsets.US_ASCII).equals(type);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private void pools() {
        JsonObject swarm = policy.getJsonObject("swarm", new JsonObject());
        JsonArray pools = swarm.getJsonArray("addressPools", new JsonArray());
        int subnetSize = swarm.getInteger("subnetSize", PolicyReader.DEFAULT_SUBNET_SIZE);
        List<Network> before = new ArrayList<>();
        for (int index = 0; index < pools.size(); index++) {
            String at = pointer("/swarm/addressPools", String.valueOf(index));
            Network network = Network.parse(pools.getString(index));
            if (!network.isWhole()) {
                refuse(at, network + " is an address in a network", "write " + network.whole());
            }
            if (network.prefix() > subnetSize) {
                refuse(
                        at,
                        network + " is smaller than one overlay network (subnetSize " + subnetSize + ")",
                        "take a larger network or a larger subnetSize");
            }
            before.stream()
                    .filter(network::overlaps)
                    .findFirst()
                    .ifPresent(other -> refuse(at, network + " overlaps " + other, "remove one of them"));
            before.add(network);
        }
    }

    private void names() {
        Map<String, String> serials = new HashMap<>();
        Map<String, String> holders = new HashMap<>();
        policy.getJsonObject("names", new JsonObject()).forEach(entry -> {
            String at = pointer("/names", entry.getKey());
            String id = entry.getKey().toLowerCase(Locale.ROOT);
            if (serials.put(id, entry.getKey()) != null) {
                Place key = document.key(at);
                problems.add(new Problem(
                        key.line(), key.column(), "the board " + id + " is here twice", "remove one of them"));
            }
            String holder = holders.put(String.valueOf(entry.getValue()), id);
            if (holder != null) {
                refuse(
                        at,
                        "the board " + holder + " has the name " + entry.getValue() + " already",
                        "give each its own");
            }
        });
    }

    private void settle() {
        String settle = policy.getJsonObject("roles", new JsonObject())
                .getJsonObject("auto", new JsonObject())
                .getString("settle", PolicyReader.DEFAULT_SETTLE);
        if (PolicyReader.seconds(settle) > LONGEST_SETTLE_SECONDS) {
            refuse("/roles/auto/settle", settle + " is too long", "write at most 1h");
        }
    }

    private void refuse(String at, String problem, String remedy) {
        Place place = document.value(at);
        problems.add(new Problem(place.line(), place.column(), problem, remedy));
    }
}
