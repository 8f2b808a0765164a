package io.swarmctl.controller.fleet;

import io.swarmctl.common.wire.NodeIds;
import io.swarmctl.controller.fleet.FleetException.Reason;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Puts a whole policy in force, all of it or nothing. */
public final class PolicyCommands {
    private PolicyCommands() {}

    /** @throws FleetException when it gives a node a name that is no hostname or that another node keeps */
    public static Transition apply(Fleet fleet, Policy policy) throws FleetException {
        if (fleet.policy().equals(policy)) {
            return Transition.silent(fleet);
        }
        Map<String, String> names = namesById(policy);
        for (String name : names.values()) {
            NodeCommands.requireHostname(name);
        }
        Fleet renamed = fleet.with(
                fleet.nodes().values().stream().filter(node -> names.containsKey(node.id())),
                node -> node.withName(names.getOrDefault(node.id(), node.name())));
        requireUnique(renamed, names);
        return Transition.of(renamed.with(policy), "", "fleet policy changed");
    }

    /** Whoever takes the first user's password hash along is remembered. */
    public static Transition handOutUser(Fleet fleet) {
        Policy.User user = fleet.policy().user();
        return user == null
                ? Transition.silent(fleet)
                : Transition.of(fleet, "", "password hash of " + user.name() + " handed out, for cards");
    }

    /** The policy's names by node id rather than by serial as somebody wrote it. */
    static Map<String, String> namesById(Policy policy) throws FleetException {
        Map<String, String> byId = new TreeMap<>();
        for (Map.Entry<String, String> given : policy.names().entrySet()) {
            try {
                byId.put(NodeIds.ofSerial(given.getKey()), given.getValue());
            } catch (IllegalArgumentException e) {
                throw new FleetException(
                        Reason.INVALID,
                        e.getMessage() + "",
                        "write it as 'swarmctl nodes list -o json' shows it as id");
            }
        }
        return byId;
    }

    private static void requireUnique(Fleet fleet, Map<String, String> names) throws FleetException {
        Map<String, String> holders = new HashMap<>();
        for (FleetNode node : fleet.nodes().values()) {
            String other = holders.put(node.name(), node.id());
            if (other != null) {
                throw new FleetException(
                        Reason.CONFLICT,
                        "two nodes would be called " + node.name() + ": " + other + " and " + node.id(),
                        "rename the one that is not in the file: swarmctl nodes rename");
            }
        }
        Set<String> given = new HashSet<>();
        for (String name : names.values()) {
            if (!given.add(name)) {
                throw new FleetException(
                        Reason.CONFLICT, "the file gives two boards the name " + name, "give each its own");
            }
        }
    }
}
