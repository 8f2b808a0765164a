package io.swarmctl.common.wire;

import io.avaje.jsonb.Json;

/**
 * One address of a network interface that leads somewhere (no loopback, no bridges of Docker's).
 *
 * @param wired an Ethernet port rather than wifi
 * @param defaultRoute the machine's default route leaves here
 */
@Json
public record InterfaceFacts(String name, String address, boolean wired, boolean defaultRoute) {
    public InterfaceFacts {
        Absent.required(name, "name");
        Absent.required(address, "address");
    }
}
