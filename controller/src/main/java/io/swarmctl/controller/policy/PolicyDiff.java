package io.swarmctl.controller.policy;

import io.swarmctl.controller.fleet.Policy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** Tells what changes from one policy to another. */
final class PolicyDiff {
    private PolicyDiff() {}

    static List<PolicyChange> changes(Policy before, Policy after) {
        Map<String, String> old = simple(before);
        Map<String, String> now = simple(after);
        Set<String> paths = new LinkedHashSet<>(old.keySet());
        paths.addAll(now.keySet());
        List<PolicyChange> changes = new ArrayList<>();
        for (String path : paths) {
            if (!Objects.equals(old.get(path), now.get(path))) {
                changes.add(new PolicyChange(path, old.get(path), now.get(path)));
            }
        }
        changes.addAll(listChanges("user.sshKeys", keys(before), keys(after)));
        changes.addAll(listChanges(
                "packages.cache.upstreams",
                before.packageCache().upstreams(),
                after.packageCache().upstreams()));
        changes.addAll(listChanges(
                "swarm.addressPools",
                before.swarm().addressPools(),
                after.swarm().addressPools()));
        return List.copyOf(changes);
    }

    /** One change for each entry that comes or goes; one for the whole list when only its order differs. */
    private static List<PolicyChange> listChanges(String path, List<String> before, List<String> after) {
        List<PolicyChange> changes = new ArrayList<>();
        before.stream().filter(entry -> !after.contains(entry)).forEach(entry -> {
            changes.add(new PolicyChange(path, entry, null));
        });
        after.stream().filter(entry -> !before.contains(entry)).forEach(entry -> {
            changes.add(new PolicyChange(path, null, entry));
        });
        if (changes.isEmpty() && !before.equals(after)) {
            changes.add(new PolicyChange(path, String.join(", ", before), String.join(", ", after)));
        }
        return changes;
    }

    private static List<String> keys(Policy policy) {
        Policy.User user = policy.user();
        return user == null ? List.of() : user.sshKeys();
    }

    /** All but the lists, by path. */
    private static Map<String, String> simple(Policy policy) {
        Map<String, String> values = new LinkedHashMap<>();
        Policy.User user = policy.user();
        if (user != null) {
            values.put("user.name", user.name());
            values.put("user.passwordHash", PolicyWriter.kept(user.passwordHash()));
        }
        values.put("ssh", String.valueOf(policy.ssh()));
        values.put("approval", PolicyWriter.word(policy.approval()));
        values.put("upgrade", PolicyWriter.word(policy.upgrade()));
        String source = PolicyWriter.word(policy.docker().source());
        values.put("docker.source", source);
        if (!policy.docker().location().isEmpty()) {
            values.put("docker." + source, policy.docker().location());
        }
        values.put("swarm.subnetSize", String.valueOf(policy.swarm().subnetSize()));
        String advertised = policy.swarm().advertiseInterface();
        if (advertised != null) {
            values.put("swarm.advertiseInterface", advertised);
        }
        new TreeMap<>(policy.names()).forEach((serial, name) -> values.put("names." + serial, name));
        Policy.Auto auto = policy.auto();
        if (auto != null) {
            values.put("roles.auto.managers", String.valueOf(auto.managers()));
            values.put("roles.auto.settle", PolicyWriter.duration(auto.settleSeconds()));
        }
        values.put(
                "packages.cache.enabled", String.valueOf(policy.packageCache().enabled()));
        values.put(
                "packages.cache.size", PolicyWriter.size(policy.packageCache().megabytes()));
        values.put("packages.cache.docker", String.valueOf(policy.packageCache().gathersDocker()));
        return values;
    }
}
