package io.swarmctl.controller.api;

import io.swarmctl.controller.fleet.ExampleNodes;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Access tokens in memory, by their texts. */
record MemoryTokens(Map<String, Access> tokens) implements TokenBook {
    @Override
    public List<Issued> all() {
        return tokens.values().stream()
                .sorted(Comparator.comparing(Access::name))
                .map(access -> new Issued(access, ExampleNodes.NOW.minusSeconds(60)))
                .toList();
    }

    @Override
    public Optional<String> create(Access access, Instant now) {
        if (tokens.values().stream().anyMatch(known -> known.name().equals(access.name()))) {
            return Optional.empty();
        }
        tokens.put("token-of-" + access.name(), access);
        return Optional.of("token-of-" + access.name());
    }

    @Override
    public boolean revoke(String name) {
        return tokens.values().removeIf(access -> access.name().equals(name));
    }
}
