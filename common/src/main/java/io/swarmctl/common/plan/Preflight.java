package io.swarmctl.common.plan;

import io.swarmctl.common.wire.ClockFacts;
import io.swarmctl.common.wire.Facts;
import io.swarmctl.common.wire.Finding;
import io.swarmctl.common.wire.InterfaceFacts;
import io.swarmctl.common.wire.MemoryCgroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells what stops a machine from becoming a swarm node, and what only slows it. */
final class Preflight {
    private static final long GIB = 1L << 30;
    private static final long DISK_FOR_DOCKER = 3 * GIB;
    private static final long COMFORTABLE_MEMORY = GIB / 2;
    private static final long BEARABLE_SECONDS = 60;
    private static final long SECONDS_A_DAY = 86_400;
    private static final Pattern KERNEL = Pattern.compile("(\\d+)\\.(\\d+).*");

    private Preflight() {}

    static List<Finding> check(Facts facts) {
        List<Finding> findings = new ArrayList<>();
        if (!facts.docker().installed() && facts.system().freeDiskBytes() < DISK_FOR_DOCKER) {
            findings.add(Finding.error(
                    String.format(
                            "%.1f GB free on the card; Docker needs 3 GB",
                            (double) facts.system().freeDiskBytes() / GIB),
                    "use a larger card (8 GB or more), or make room on this one"));
        }
        if (isOlderThan310(facts.system().kernel())) {
            findings.add(Finding.error(
                    "kernel " + facts.system().kernel() + " is too old for Docker, which needs 3.10",
                    "flash a current Raspberry Pi OS"));
        }
        findings.addAll(network(facts));
        if (facts.hardware().memoryBytes() < COMFORTABLE_MEMORY) {
            findings.add(Finding.warning("less than 512 MB of memory", "let it be a worker, and give it little to do"));
        }
        if (facts.hardware().hasSeenUnderVoltage()) {
            findings.add(Finding.warning(
                    "the board has seen under-voltage", "use the official power supply and a short cable"));
        }
        if (facts.memoryCgroup() == MemoryCgroup.OUT_OF_REACH) {
            findings.add(Finding.warning(
                    "Docker cannot limit memory on this kernel",
                    "boot with cgroup_enable=memory on the kernel command line"));
        }
        if (facts.packages().cacheTrouble() != null) {
            findings.add(Finding.warning(
                    "packages come directly from the internet: "
                            + facts.packages().cacheTrouble(),
                    "see 'swarmctl cache status'; a cache that is not wanted is turned off in the fleet's policy"
                            + " (packages.cache.enabled)"));
        }
        clock(facts.clock()).ifPresent(findings::add);
        return findings;
    }

    private static Optional<Finding> clock(@Nullable ClockFacts clock) {
        if (clock == null || Math.abs(clock.secondsAhead()) < BEARABLE_SECONDS) {
            return Optional.empty();
        }
        String problem = "the clock is " + span(Math.abs(clock.secondsAhead()))
                + (clock.secondsAhead() > 0 ? " ahead" : " behind");
        return Optional.of(Finding.warning(
                clock.trouble().isEmpty() ? problem : problem + ", and could not be set: " + clock.trouble(),
                "let the node reach a time server (NTP); packages and certificates need the right date"));
    }

    private static String span(long seconds) {
        return seconds < 2 * SECONDS_A_DAY ? seconds + " s" : seconds / SECONDS_A_DAY + " days";
    }

    /** Packages may come from nearby, and those that are there need none: only without any address nothing goes. */
    private static List<Finding> network(Facts facts) {
        if (facts.interfaces().isEmpty()) {
            return List.of(Finding.error("the node has no network address", "check the cable, or the wifi's settings"));
        }
        List<Finding> findings = new ArrayList<>();
        if (facts.interfaces().stream().noneMatch(InterfaceFacts::defaultRoute)) {
            findings.add(Finding.warning(
                    "the node has no default route, so no way to the internet",
                    "let the network's DHCP server name a router, or give the node a gateway with its static address"));
        }
        if (facts.nameServers() != null && facts.nameServers().isEmpty()) {
            findings.add(Finding.warning(
                    "the node has no name server (/etc/resolv.conf names none), so it finds no package server",
                    "let the network's DHCP server name one, or write one into the node's network settings"));
        }
        return findings;
    }

    private static boolean isOlderThan310(String kernel) {
        Matcher version = KERNEL.matcher(kernel);
        if (!version.matches()) {
            return false;
        }
        int major = Integer.parseInt(version.group(1));
        int minor = Integer.parseInt(version.group(2));
        return major < 3 || (major == 3 && minor < 10);
    }
}
