package io.swarmctl.controller.cache;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/** Tells addresses in the world from those in a network of one's own, where an archive has no business. */
final class Addresses {
    private static final int V4_BYTES = 4;
    private static final int BYTE = 0xFF;

    /** IPv4 networks that are not the world's (RFC 6890), but for those that are of no use to anybody. */
    private static final List<Net> OWN = List.of(
            Net.of("0.0.0.0", 8),
            Net.of("10.0.0.0", 8),
            Net.of("100.64.0.0", 10),
            Net.of("127.0.0.0", 8),
            Net.of("169.254.0.0", 16),
            Net.of("172.16.0.0", 12),
            Net.of("192.0.0.0", 24),
            Net.of("192.168.0.0", 16),
            Net.of("198.18.0.0", 15),
            Net.of("224.0.0.0", 3),
            Net.of("::", 96),
            Net.of("::1", 128),
            Net.of("fc00::", 7),
            Net.of("fe80::", 10),
            Net.of("fec0::", 10),
            Net.of("ff00::", 8));

    /** Networks of IPv6 that lead to an IPv4 address, and where in the address that stands. */
    private static final List<Net> TRANSLATED = List.of(Net.of("64:ff9b::", 96), Net.of("2002::", 16));

    private Addresses() {}

    /** A network, by one address of it and the length of its prefix. */
    record Net(InetAddress address, int prefix) {
        static Net of(String address, int prefix) {
            try {
                return new Net(InetAddress.getByName(address), prefix);
            } catch (UnknownHostException e) {
                throw new IllegalArgumentException(address, e);
            }
        }

        boolean has(InetAddress other) {
            byte[] own = address.getAddress();
            byte[] others = other.getAddress();
            if (own.length != others.length) {
                return false;
            }
            int whole = prefix / Byte.SIZE;
            if (!Arrays.equals(own, 0, whole, others, 0, whole)) {
                return false;
            }
            int rest = prefix % Byte.SIZE;
            int mask = BYTE << (Byte.SIZE - rest) & BYTE;
            return rest == 0 || (own[whole] & mask) == (others[whole] & mask);
        }
    }

    /** @param ours the networks that this machine is in */
    static boolean isOutside(InetAddress address, List<Net> ours) {
        if (ours.stream().anyMatch(net -> net.has(address)) || OWN.stream().anyMatch(net -> net.has(address))) {
            return false;
        }
        for (Net net : TRANSLATED) {
            if (net.has(address)) {
                int from = net.prefix() / Byte.SIZE;
                return isOutside(v4(Arrays.copyOfRange(address.getAddress(), from, from + V4_BYTES)), ours);
            }
        }
        return true;
    }

    private static InetAddress v4(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("no address", e);
        }
    }
}
