package io.swarmctl.agent.machine;

import java.io.IOException;
import java.util.List;

/** What the machine's network looks like from inside. */
interface Network {
    /** The IPv4 addresses of interfaces that are up, but for loopback and link-local ones. */
    List<Address> addresses() throws IOException;

    /**
     * Whether somebody accepts connections there.
     *
     * @param address {@code host:port}
     */
    boolean answers(String address);

    record Address(String interfaceName, String ip) {}
}
