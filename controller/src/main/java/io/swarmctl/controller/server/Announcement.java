package io.swarmctl.controller.server;

import io.swarmctl.common.wire.Services;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.jmdns.JmDNS;
import javax.jmdns.ServiceInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells agents on the local networks by mDNS where the controller is, on every network that the machine has at the time.
 * Only a convenience: whatever fails is a warning.
 *
 * <p>One thread of its own owns all state.
 */
final class Announcement implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Announcement.class);
    private static final String ANY_ADDRESS = "0.0.0.0";
    private static final int LOOK_AGAIN_SECONDS = 30;
    private static final int CLOSE_SECONDS = 10;
    private static final int FINGERPRINT_DIGITS = 16;

    /** What bridges and containers have, and no Pi is behind. */
    private static final Set<String> VIRTUAL = Set.of("docker", "veth", "br-", "virbr", "cni", "flannel");

    /**
     * What is said.
     *
     * @param fingerprint of the CA's certificate; its beginning tells fleets apart
     * @param listen the address that the gateway listens on
     */
    record Service(String fleetId, String fingerprint, String listen, int gatewayPort) {
        ServiceInfo info() {
            Map<String, String> text = Map.of("fleet", fleetId, "ca", fingerprint.substring(0, FINGERPRINT_DIGITS));
            return ServiceInfo.create(Services.MDNS_TYPE, "swarmctl-" + fleetId, gatewayPort, 0, 0, text);
        }

        boolean isReachableAt(InetAddress address) {
            return listen.equals(ANY_ADDRESS) || listen.equals("::") || listen.equals(address.getHostAddress());
        }
    }

    private final Service service;
    private final ScheduledExecutorService thread;
    private final Map<InetAddress, JmDNS> responders = new HashMap<>();
    private final Set<InetAddress> failed = new HashSet<>();

    private Announcement(Service service) {
        this.service = service;
        this.thread = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread announcing = new Thread(work, "mdns");
            announcing.setDaemon(true);
            return announcing;
        });
    }

    /** Begins, and returns at once. */
    static Announcement start(Service service) {
        Announcement announcement = new Announcement(service);
        ScheduledFuture<?> unused =
                announcement.thread.scheduleWithFixedDelay(announcement::pass, 0, LOOK_AGAIN_SECONDS, TimeUnit.SECONDS);
        return announcement;
    }

    /** Laptops move: addresses come and go. */
    private void pass() {
        try {
            Set<InetAddress> wanted =
                    usableAddresses().stream().filter(service::isReachableAt).collect(Collectors.toSet());
            for (InetAddress gone : List.copyOf(responders.keySet())) {
                if (!wanted.contains(gone)) {
                    stop(gone);
                }
            }
            wanted.stream().filter(address -> !responders.containsKey(address)).forEach(this::begin);
        } catch (SocketException | RuntimeException e) {
            LOG.warn("no mDNS: {}; agents find the controller by the addresses in their image only", e.getMessage());
        }
    }

    private void begin(InetAddress address) {
        try {
            JmDNS responder = JmDNS.create(address);
            responders.put(address, responder);
            responder.registerService(service.info());
            failed.remove(address);
        } catch (IOException e) {
            stop(address);
            if (failed.add(address)) {
                LOG.warn(
                        "no mDNS from {}: {}; agents there find the controller by the addresses in their image only",
                        address.getHostAddress(),
                        e.getMessage());
            }
        }
    }

    private void stop(InetAddress address) {
        JmDNS responder = responders.remove(address);
        if (responder != null) {
            close(responder);
        }
    }

    private static void close(JmDNS responder) {
        try {
            responder.close();
        } catch (IOException e) {
            LOG.debug("mDNS not closed cleanly: {}", e.getMessage());
        }
    }

    /** Says goodbye on all networks at once, so that nobody asks here any more. */
    @Override
    public void close() {
        thread.shutdownNow();
        try {
            if (thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                responders.values().parallelStream().forEach(Announcement::close);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<InetAddress> usableAddresses() throws SocketException {
        return NetworkInterface.networkInterfaces()
                .filter(Announcement::isUsable)
                .flatMap(NetworkInterface::inetAddresses)
                .filter(Inet4Address.class::isInstance)
                .toList();
    }

    private static boolean isUsable(NetworkInterface candidate) {
        try {
            return candidate.isUp()
                    && !candidate.isLoopback()
                    && candidate.supportsMulticast()
                    && VIRTUAL.stream().noneMatch(candidate.getName()::startsWith);
        } catch (SocketException e) {
            return false;
        }
    }
}
