package io.swarmctl.controller.policy;

import io.swarmctl.controller.api.PolicyPort;
import io.swarmctl.controller.fleet.Policy;
import io.swarmctl.controller.policy.YamlDocument.Place;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** {@code fleet.yaml}: the policy as people write it. All its methods are pure and any thread may call them. */
public final class FleetYaml implements PolicyPort {
    private static final String PASSWORD = "/user/passwordHash";

    private final PolicySchema schema = new PolicySchema();

    @Override
    public Policy read(String yaml, Policy current) throws Refused {
        YamlDocument document = parsed(yaml);
        refuseIfAny(schema.problems(document));
        if (!(document.json() instanceof JsonObject json)) {
            throw new IllegalStateException("the schema lets nothing but objects pass");
        }
        refuseIfAny(PolicyChecks.problems(document, json));
        requireKept(document, json, current);
        return PolicyReader.policy(json, written -> hash(written, current));
    }

    private static YamlDocument parsed(String yaml) throws Refused {
        try {
            return YamlDocument.parse(yaml);
        } catch (YamlException e) {
            Place place = e.place();
            throw new Refused(List.of(new Problem(place.line(), place.column(), e.problem(), e.remedy())));
        }
    }

    private static void refuseIfAny(List<Problem> problems) throws Refused {
        if (!problems.isEmpty()) {
            throw new Refused(problems);
        }
    }

    /** A password can only stay as it is where it is the one that was exported. */
    private static void requireKept(YamlDocument document, JsonObject json, Policy current) throws Refused {
        String written = json.getJsonObject("user", new JsonObject()).getString("passwordHash", "");
        Policy.User user = current.user();
        if (!written.startsWith(PolicyWriter.KEPT)
                || (user != null && written.equals(PolicyWriter.kept(user.passwordHash())))) {
            return;
        }
        Place place = document.value(PASSWORD);
        throw new Refused(List.of(new Problem(
                place.line(),
                place.column(),
                user == null ? "there is no password that could be kept" : "the fleet has another password meanwhile",
                "write a hash ('openssl passwd -6'), or take the line from a new 'swarmctl fleet export'")));
    }

    private static String hash(String written, Policy current) {
        Policy.User user = current.user();
        return written.startsWith(PolicyWriter.KEPT) && user != null ? user.passwordHash() : written;
    }

    @Override
    public String write(Policy policy) {
        return PolicyWriter.write(policy, schema);
    }

    /** What changes between the two, as data. Holds no secrets. */
    public List<PolicyChange> changes(Policy before, Policy after) {
        return PolicyDiff.changes(before, after);
    }

    @Override
    public List<String> diff(Policy before, Policy after) {
        return changes(before, after).stream().map(PolicyChange::toString).toList();
    }

    @Override
    public String schema() {
        return schema.text();
    }
}
