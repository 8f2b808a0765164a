package io.swarmctl.controller.fleet;

import io.swarmctl.common.wire.DockerSource;
import io.swarmctl.common.wire.DockerSpec;
import io.swarmctl.common.wire.Gathered;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Docker's packages that this controller has gathered for its nodes.
 *
 * @param on whether anybody gathers
 * @param indexes the SHA-256 of apt's index, by the systems for which it is known; empty where nothing could be gathered
 * @param ahead systems that nodes will have
 */
public record Gatherings(boolean on, Map<DebianSystem, String> indexes, Set<DebianSystem> ahead) {
    /** Nobody gathers. */
    public static final Gatherings OFF = new Gatherings(false, Map.of(), Set.of());

    /** Somebody gathers what nodes turn out to need. */
    public static final Gatherings BEGUN = new Gatherings(true, Map.of(), Set.of());

    /** A fleet has one or two. Nodes tell theirs, and a rogue one could tell others: who comes later helps itself. */
    public static final int MOST_SYSTEMS = 6;

    private static final int MOST_AHEAD = 4;

    public Gatherings {
        indexes = Map.copyOf(indexes);
        ahead = Set.copyOf(ahead);
    }

    /** With what is for nodes that have not come yet; unchanged when there is enough of that. */
    public Gatherings ahead(DebianSystem system) {
        Set<DebianSystem> more = new HashSet<>(ahead);
        more.add(system);
        return more.size() > MOST_AHEAD ? this : new Gatherings(on, indexes, more);
    }

    /** @param index empty when there is nothing to be had */
    public Gatherings with(DebianSystem system, String index) {
        Map<DebianSystem, String> more = new HashMap<>(indexes);
        more.put(system, index);
        return new Gatherings(on, more, ahead);
    }

    /** Of what kinds the nodes are, or will be, that have no Docker yet, where the fleet wants it gathered. */
    public static Set<DebianSystem> neededBy(Fleet fleet) {
        if (!isWanted(fleet)) {
            return Set.of();
        }
        Set<DebianSystem> needed = new HashSet<>(fleet.gatherings().ahead());
        for (FleetNode node : fleet.nodes().values()) {
            if (node.report() != null && !node.report().facts().docker().installed()) {
                DebianSystem.of(node.report().facts().system()).ifPresent(needed::add);
            }
        }
        needed.removeIf(system -> !fleet.gatherings().hasRoomFor(system));
        return needed;
    }

    /** Where the node gets its Docker from. */
    static DockerSpec dockerOf(Fleet fleet, FleetNode node) {
        DockerSpec docker = fleet.policy().docker();
        Gathered gathered = isWanted(fleet) ? fleet.gatherings().forNode(node) : null;
        return gathered == null ? docker : docker.with(gathered);
    }

    private static boolean isWanted(Fleet fleet) {
        Policy policy = fleet.policy();
        return fleet.gatherings().on()
                && policy.docker().source() == DockerSource.DEBIAN
                && policy.packageCache().enabled()
                && policy.packageCache().gathersDocker();
    }

    private boolean hasRoomFor(DebianSystem system) {
        return indexes.containsKey(system) || indexes.size() < MOST_SYSTEMS;
    }

    private @Nullable Gathered forNode(FleetNode node) {
        if (node.report() == null) {
            // What kind of system it is, it tells next.
            return Gathered.COMING;
        }
        if (node.report().facts().docker().installed()) {
            return null;
        }
        DebianSystem system = DebianSystem.of(node.report().facts().system()).orElse(null);
        if (system == null || !hasRoomFor(system)) {
            return null;
        }
        String index = indexes.get(system);
        if (index == null) {
            return Gathered.COMING;
        }
        return index.isEmpty() ? null : new Gathered(index);
    }
}
