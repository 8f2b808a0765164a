package io.swarmctl.agent.link;

import io.swarmctl.common.wire.Services;

/** Where a controller may be. */
public record ControllerAddress(String host, int port) {
    /**
     * Reads {@code host}, {@code host:port} or {@code [v6]:port}.
     *
     * @throws IllegalArgumentException when the port is no port
     */
    public static ControllerAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        boolean bareV6 = text.indexOf(':') != colon && !text.endsWith("]") && !text.contains("]:");
        if (colon < 0 || bareV6 || text.endsWith("]")) {
            return new ControllerAddress(unbracketed(text), Services.GATEWAY_PORT);
        }
        return new ControllerAddress(
                unbracketed(text.substring(0, colon)), Integer.parseInt(text.substring(colon + 1)));
    }

    private static String unbracketed(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
