package io.swarmctl.agent.machine;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/** Tells whether a swarm's manager can be reached. */
@FunctionalInterface
interface ManagerProbe {
    int USUAL_PORT = 2377;
    int TIMEOUT_MILLIS = 3_000;

    /** @param address {@code host:port} */
    boolean answers(String address);

    /** By a TCP connection that is closed at once. */
    static boolean byConnecting(String address) {
        int colon = address.lastIndexOf(':');
        boolean hasPort = colon > 0 && address.substring(colon + 1).matches("\\d{1,5}");
        String host = hasPort ? address.substring(0, colon) : address;
        int port = hasPort ? Integer.parseInt(address.substring(colon + 1)) : USUAL_PORT;
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), TIMEOUT_MILLIS);
            return true;
        } catch (IOException | IllegalArgumentException e) {
            return false;
        }
    }
}
