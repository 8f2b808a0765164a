package io.swarmctl.agent.link;

import io.swarmctl.common.wire.Services;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.jmdns.JmDNS;
import javax.jmdns.ServiceInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The addresses in the image and what answers to mDNS: laptops move, and some wifi keeps its stations from hearing each
 * other's multicast, so either may be the only one that helps.
 */
public final class LocalDiscovery implements Discovery {
    private static final Logger LOG = LoggerFactory.getLogger(LocalDiscovery.class);
    private static final Duration LISTEN = Duration.ofSeconds(2);

    private final List<ControllerAddress> configured;
    private final boolean mdns;

    public LocalDiscovery(List<ControllerAddress> configured, boolean mdns) {
        this.configured = List.copyOf(configured);
        this.mdns = mdns;
    }

    @Override
    public List<ControllerAddress> controllers() {
        Set<ControllerAddress> found = new LinkedHashSet<>(configured);
        if (mdns) {
            usableAddresses().forEach(address -> found.addAll(ask(address)));
        }
        return List.copyOf(found);
    }

    private static List<ControllerAddress> ask(InetAddress from) {
        List<ControllerAddress> found = new ArrayList<>();
        try (JmDNS jmdns = JmDNS.create(from)) {
            for (ServiceInfo info : jmdns.list(Services.MDNS_TYPE, LISTEN.toMillis())) {
                Arrays.stream(info.getInet4Addresses())
                        .map(address -> new ControllerAddress(address.getHostAddress(), info.getPort()))
                        .forEach(found::add);
            }
        } catch (IOException e) {
            LOG.debug("no mDNS from {}: {}", from, e.getMessage());
        }
        return found;
    }

    private static List<InetAddress> usableAddresses() {
        try {
            return Collections.list(NetworkInterface.getNetworkInterfaces()).stream()
                    .filter(LocalDiscovery::isUsable)
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(Inet4Address.class::isInstance)
                    .toList();
        } catch (SocketException e) {
            return List.of();
        }
    }

    private static boolean isUsable(NetworkInterface candidate) {
        try {
            return candidate.isUp()
                    && !candidate.isLoopback()
                    && candidate.supportsMulticast()
                    && !candidate.getName().startsWith("docker")
                    && !candidate.getName().startsWith("veth");
        } catch (SocketException e) {
            return false;
        }
    }
}
