package io.swarmctl.agent.link;

import io.swarmctl.common.wire.Services;
import java.util.regex.Pattern;

/** Where a controller may be. */
public record ControllerAddress(String host, int port) {
    private static final Pattern NAME_OR_V4 = Pattern.compile("[0-9A-Za-z]([0-9A-Za-z._-]*[0-9A-Za-z])?\\.?");
    private static final Pattern V6 = Pattern.compile("(?=.*:)[0-9A-Fa-f:.]+(%[0-9A-Za-z._-]+)?");
    private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");
    private static final int HIGHEST_PORT = 65_535;

    /**
     * Reads {@code host}, {@code host:port} or {@code [v6]:port}.
     *
     * @throws IllegalArgumentException when it is no address; the message says how one is written
     */
    public static ControllerAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        boolean bareV6 = text.indexOf(':') != colon && !text.endsWith("]") && !text.contains("]:");
        boolean hasPort = colon >= 0 && !bareV6 && !text.endsWith("]");
        String host = unbracketed(hasPort ? text.substring(0, colon) : text);
        int port = hasPort ? port(text.substring(colon + 1)) : Services.GATEWAY_PORT;
        if (port < 1 || port > HIGHEST_PORT || !isHost(host)) {
            throw new IllegalArgumentException("'" + text
                    + "' is no address of a controller; write it as 192.168.1.5, rack.local or 192.168.1.5:8444");
        }
        return new ControllerAddress(host, port);
    }

    private static boolean isHost(String text) {
        return NAME_OR_V4.matcher(text).matches() || V6.matcher(text).matches();
    }

    private static int port(String text) {
        return PORT.matcher(text).matches() ? Integer.parseInt(text) : -1;
    }

    private static String unbracketed(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
