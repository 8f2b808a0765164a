package io.swarmctl.controller.policy;

import io.swarmctl.common.wire.DockerSource;
import io.swarmctl.common.wire.Fingerprint;
import io.swarmctl.controller.fleet.Policy;
import io.vertx.core.json.Json;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes a policy in its one canonical form. What could be there and is not stands as a comment. */
final class PolicyWriter {
    /** Stands before the fingerprint of a password hash that stays as it is. */
    static final String KEPT = "kept:";

    private final PolicySchema schema;
    private final StringBuilder text = new StringBuilder();

    private PolicyWriter(PolicySchema schema) {
        this.schema = schema;
    }

    static String write(Policy policy, PolicySchema schema) {
        PolicyWriter writer = new PolicyWriter(schema);
        writer.line("# What the fleet wants of all its nodes; put in force with: swarmctl fleet apply -f fleet.yaml");
        writer.line("version: 1");
        writer.user(policy.user());
        writer.about("ssh").line("ssh: " + policy.ssh());
        writer.about("approval").line("approval: " + word(policy.approval()));
        writer.about("upgrade").line("upgrade: " + word(policy.upgrade()));
        writer.docker(policy);
        writer.swarm(policy.swarm());
        writer.names(policy);
        writer.roles(policy.auto());
        writer.packages(policy.packageCache());
        return writer.text.toString();
    }

    static String kept(String passwordHash) {
        return KEPT + Fingerprint.of(passwordHash);
    }

    static String word(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT);
    }

    static String duration(int seconds) {
        return seconds % 60 == 0 && seconds > 0 ? seconds / 60 + "m" : seconds + "s";
    }

    private void user(Policy.@Nullable User user) {
        about("user");
        if (user == null) {
            line("#user:");
            line("#  name: pi");
            line("#  passwordHash: '$6$...'  # openssl passwd -6");
            line("#  sshKeys: []");
            return;
        }
        line("user:");
        line("  name: " + quoted(user.name()));
        line("  # for another password, put the output of 'openssl passwd -6' here, in single quotes");
        line("  passwordHash: " + kept(user.passwordHash()));
        list("sshKeys", user.sshKeys());
    }

    private void docker(Policy policy) {
        about("docker").line("docker:");
        DockerSource source = policy.docker().source();
        line("  source: " + word(source));
        switch (source) {
            case DEBIAN -> {
                line("  # or source: repository, repository: https://download.docker.com/linux/debian");
                line("  # or source: directory, directory: /opt/swarmctl/docker");
            }
            case REPOSITORY, DIRECTORY ->
                line("  " + word(source) + ": " + quoted(policy.docker().location()));
        }
    }

    private void swarm(Policy.Swarm swarm) {
        about("swarm").line("swarm:");
        list("addressPools", swarm.addressPools());
        line("  subnetSize: " + swarm.subnetSize());
        String advertised = swarm.advertiseInterface();
        line(advertised == null ? "  #advertiseInterface: eth0" : "  advertiseInterface: " + quoted(advertised));
    }

    private void names(Policy policy) {
        about("names").line(policy.names().isEmpty() ? "names: {}" : "names:");
        new TreeMap<>(policy.names()).forEach((serial, name) -> line("  " + quoted(serial) + ": " + quoted(name)));
    }

    private void roles(Policy.@Nullable Auto auto) {
        about("roles").line("roles:");
        if (auto == null) {
            line("  #auto: {managers: 3, settle: 30s}");
        } else {
            line("  auto:");
            line("    managers: " + auto.managers());
            line("    settle: " + duration(auto.settleSeconds()));
        }
    }

    private void packages(Policy.PackageCache cache) {
        about("packages").line("packages:");
        line("  cache:");
        line("    enabled: " + cache.enabled());
        line("    size: " + size(cache.megabytes()));
        list("  ", "upstreams", cache.upstreams());
        line("    docker: " + cache.gathersDocker());
    }

    static String size(int megabytes) {
        return megabytes % 1_000 == 0 ? megabytes / 1_000 + "GB" : megabytes + "MB";
    }

    private void list(String name, List<String> entries) {
        list("", name, entries);
    }

    private void list(String indent, String name, List<String> entries) {
        line(indent + "  " + name + (entries.isEmpty() ? ": []" : ":"));
        entries.forEach(entry -> line(indent + "    - " + quoted(entry)));
    }

    private PolicyWriter about(String key) {
        return line("").line("# " + schema.description("/properties/" + key));
    }

    private PolicyWriter line(String line) {
        text.append(line).append('\n');
        return this;
    }

    /** A JSON text is a YAML text too. */
    private static String quoted(String value) {
        return Json.encode(value);
    }
}
