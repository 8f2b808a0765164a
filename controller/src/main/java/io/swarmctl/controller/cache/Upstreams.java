package io.swarmctl.controller.cache;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which archives may be asked, and how.
 *
 * @param rules the first that fits counts
 * @param inside {@code host[:port]} of archives that may have an address in the own network: a mirror of one's own
 */
public record Upstreams(List<Rule> rules, Set<String> inside) {
    private static final List<Rule> USUAL = List.of(
            new Rule("debian.org", false),
            new Rule("raspberrypi.com", false),
            new Rule("raspbian.org", false),
            new Rule("docker.com", true));
    private static final String BY_TLS = "https://";

    /**
     * @param suffix a domain, which stands for all below it too
     * @param tls whether it is always asked by HTTPS, however the node asks
     */
    public record Rule(String suffix, boolean tls) {
        boolean fits(String host) {
            return host.equals(suffix) || host.endsWith("." + suffix);
        }

        @Override
        public String toString() {
            return (tls ? BY_TLS : "") + suffix;
        }
    }

    public Upstreams {
        rules = List.copyOf(rules);
        inside = Set.copyOf(inside);
    }

    /**
     * The usual ones and those of the policy.
     *
     * @param more domains, of which those that are asked by HTTPS begin with {@code https://}
     */
    public static Upstreams of(List<String> more, Set<String> inside) {
        List<Rule> rules = new ArrayList<>();
        more.forEach(text -> rules.add(rule(text.toLowerCase(Locale.ROOT))));
        rules.addAll(USUAL);
        return new Upstreams(rules, inside);
    }

    private static Rule rule(String text) {
        boolean tls = text.startsWith(BY_TLS);
        return new Rule(tls ? text.substring(BY_TLS.length()) : text, tls);
    }

    /** The address that is really asked for this one; empty when it may not be. */
    public Optional<PackageUrl> route(PackageUrl url) {
        for (Rule rule : rules) {
            if (rule.fits(url.host())) {
                PackageUrl asked = rule.tls() && !mayBeInside(url) ? url.byTls() : url;
                return asked.hasUsualPort() || mayBeInside(asked) ? Optional.of(asked) : Optional.empty();
            }
        }
        return mayBeInside(url) ? Optional.of(url) : Optional.empty();
    }

    /** Whether this archive may have an address in the own network. */
    boolean mayBeInside(PackageUrl url) {
        return inside.contains(url.host() + ":" + url.port()) || (url.hasUsualPort() && inside.contains(url.host()));
    }

    /** What a node is told, a line each: which hosts it may ask for here. */
    public List<String> lines() {
        return Stream.concat(inside.stream().sorted(), rules.stream().map(Rule::toString))
                .distinct()
                .toList();
    }
}
