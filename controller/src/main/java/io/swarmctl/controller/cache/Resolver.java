package io.swarmctl.controller.cache;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Looks names up. Blocks. */
@FunctionalInterface
interface Resolver {
    /** @throws IOException when there is no such name, or nobody tells */
    List<InetAddress> lookUp(String host) throws IOException;

    static Resolver ofThisMachine() {
        return host -> Arrays.asList(InetAddress.getAllByName(host));
    }

    /** The networks that this machine is in. */
    static List<Addresses.Net> ownNetworks() throws SocketException {
        List<Addresses.Net> own = new ArrayList<>();
        for (NetworkInterface one : NetworkInterface.networkInterfaces().toList()) {
            for (InterfaceAddress address : one.getInterfaceAddresses()) {
                own.add(new Addresses.Net(address.getAddress(), address.getNetworkPrefixLength()));
            }
        }
        return own;
    }
}
