package io.swarmctl.controller.fleet;

import io.swarmctl.common.wire.SystemFacts;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A kind of system that Debian's own packages fit.
 *
 * @param release as {@code bookworm}
 * @param architecture as Debian names it
 */
public record DebianSystem(String release, String architecture) {
    /** As Debian calls itself, and Raspberry Pi OS of 64 bits; that of 32 bits has packages of its own. */
    private static final Pattern PRETTY = Pattern.compile("Debian GNU/Linux [0-9]{1,3} \\(([a-z]{1,30})\\)");

    private static final Set<String> ARCHITECTURES = Set.of("arm64", "armhf", "amd64");

    static Optional<DebianSystem> of(SystemFacts facts) {
        Matcher pretty = PRETTY.matcher(facts.pretty());
        return pretty.matches()
                        && pretty.group(1).equals(facts.codename())
                        && ARCHITECTURES.contains(facts.architecture())
                ? Optional.of(new DebianSystem(facts.codename(), facts.architecture()))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return release + " " + architecture;
    }
}
