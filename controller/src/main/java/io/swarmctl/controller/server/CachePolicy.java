package io.swarmctl.controller.server;

import io.swarmctl.controller.cache.CacheRules;
import io.swarmctl.controller.cache.Upstreams;
import io.swarmctl.controller.fleet.Policy;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The package cache's rules, as the fleet's policy has them now.
 *
 * @param inside archives that may have an address inside the network, as {@code host[:port]}
 */
record CachePolicy(Supplier<Policy.PackageCache> policy, List<String> inside) implements Supplier<CacheRules> {
    private static final long BYTES = 1_000_000;

    @Override
    public CacheRules get() {
        Policy.PackageCache now = policy.get();
        return new CacheRules(
                now.enabled(), now.megabytes() * BYTES, Upstreams.of(now.upstreams(), Set.copyOf(inside)));
    }
}
