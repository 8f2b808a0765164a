package io.swarmctl.common.wire;

import io.avaje.jsonb.Json;

/**
 * The operating system.
 *
 * @param codename of the release, as {@code bookworm}
 * @param architecture as dpkg names it: {@code arm64}, {@code armhf}, {@code amd64}
 * @param freeDiskBytes where Docker keeps its data
 * @param bootId differs after every boot
 * @param kernelModules whether the running kernel's modules are there; false after an upgrade took them away
 */
@Json
public record SystemFacts(
        String pretty,
        String codename,
        String kernel,
        String architecture,
        long freeDiskBytes,
        String bootId,
        boolean kernelModules) {
    public SystemFacts {
        Absent.required(pretty, "pretty");
        Absent.required(codename, "codename");
        Absent.required(kernel, "kernel");
        Absent.required(architecture, "architecture");
        Absent.required(bootId, "bootId");
    }
}
