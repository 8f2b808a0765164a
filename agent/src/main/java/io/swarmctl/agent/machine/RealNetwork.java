package io.swarmctl.agent.machine;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The network that Java sees. */
final class RealNetwork implements Network {
    private static final int TIMEOUT_MILLIS = 3_000;

    @Override
    public List<Address> addresses() throws IOException {
        List<Address> all = new ArrayList<>();
        for (NetworkInterface one : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            if (one.isUp() && !one.isLoopback()) {
                one.inetAddresses()
                        .filter(address -> address instanceof Inet4Address && !address.isLinkLocalAddress())
                        .forEach(address -> all.add(new Address(one.getName(), address.getHostAddress())));
            }
        }
        return all;
    }

    @Override
    public boolean answers(String address) {
        int colon = address.lastIndexOf(':');
        try (Socket socket = new Socket()) {
            int port = Integer.parseInt(address.substring(colon + 1));
            socket.connect(new InetSocketAddress(address.substring(0, Math.max(0, colon)), port), TIMEOUT_MILLIS);
            return true;
        } catch (IOException | IllegalArgumentException e) {
            return false;
        }
    }
}
