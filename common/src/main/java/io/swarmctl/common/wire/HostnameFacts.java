package io.swarmctl.common.wire;

import io.avaje.jsonb.Json;

/**
 * The hostname in its three places.
 *
 * @param live what the kernel says
 * @param stored what {@code /etc/hostname} says
 * @param hosts what {@code /etc/hosts} says for 127.0.1.1; empty when it says nothing
 */
@Json
public record HostnameFacts(String live, String stored, String hosts) {
    public HostnameFacts {
        Absent.required(live, "live");
        Absent.required(stored, "stored");
        Absent.required(hosts, "hosts");
    }
}
