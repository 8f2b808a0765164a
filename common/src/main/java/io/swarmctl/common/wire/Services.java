package io.swarmctl.common.wire;

/** The fixed logical names under which agents know their controller, wherever it lives. */
public final class Services {
    /** Enrolment and renewal; no client certificate needed. */
    public static final String ENROL = "enrol.swarmctl.internal";

    /** The Hazelcast bus; client certificate of the fleet CA needed. */
    public static final String BUS = "bus.swarmctl.internal";

    /** Measures the way to the controller; client certificate of the fleet CA needed. */
    public static final String LINK = "link.swarmctl.internal";

    /** The package cache; client certificate of the fleet CA needed. */
    public static final String PACKAGES = "packages.swarmctl.internal";

    /** The header in which {@link #PACKAGES} says how many nodes wait ahead of one that waits for its turn. */
    public static final String AHEAD = "Swarmctl-Ahead";

    /** Below it the package service has what the controller has gathered, by the checksum of its index. */
    public static final String GATHERED = "/docker/";

    /** In the certificate that signs specs and answers. */
    public static final String SIGNER = "signer.swarmctl.internal";

    /** The DNS service type under which controllers are announced on the local network. */
    public static final String MDNS_TYPE = "_swarmctl._tcp.local.";

    /** The longest enrolment message, in bytes. */
    public static final int MAX_MESSAGE_BYTES = 64 * 1024;

    /** Where agents reach a controller unless told otherwise. */
    public static final int GATEWAY_PORT = 8444;

    private Services() {}
}
