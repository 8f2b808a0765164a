package io.swarmctl.controller.api;

import io.swarmctl.controller.fleet.Policy;
import java.util.List;

/** A policy of one line, {@code ssh: true} or {@code ssh: false}. */
final class PlainPolicy implements PolicyPort {
    @Override
    public Policy read(String yaml, Policy current) throws Refused {
        return switch (yaml.strip()) {
            case "ssh: true" -> withSsh(current, true);
            case "ssh: false" -> withSsh(current, false);
            default -> throw new Refused(List.of(new Problem(1, 1, "unknown field", "did you mean ssh?")));
        };
    }

    private static Policy withSsh(Policy policy, boolean ssh) {
        return new Policy(
                policy.user(),
                ssh,
                policy.approval(),
                policy.upgrade(),
                policy.docker(),
                policy.swarm(),
                policy.names(),
                policy.auto());
    }

    @Override
    public String write(Policy policy) {
        return "ssh: " + policy.ssh() + "\n";
    }

    @Override
    public List<String> diff(Policy before, Policy after) {
        return before.ssh() == after.ssh() ? List.of() : List.of("ssh: " + before.ssh() + " -> " + after.ssh());
    }

    @Override
    public String schema() {
        return "{\"type\":\"object\"}";
    }
}
