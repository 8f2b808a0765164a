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
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
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

    /** Listening, and what mDNS itself needs to begin and to end. */
    private static final Duration ASK_WITHIN = Duration.ofSeconds(8);

    /** A Pi has a cable and wifi; more than a few addresses are bridges that we do not know by name. */
    private static final int MOST_AT_ONCE = 4;

    private final List<ControllerAddress> configured;
    private final Supplier<List<InetAddress>> here;
    private final LocalNetwork network;
    private final Duration askWithin;

    /** Asks the network behind one of this machine's addresses. */
    @FunctionalInterface
    interface LocalNetwork {
        List<ControllerAddress> controllers(InetAddress from) throws IOException;
    }

    public LocalDiscovery(List<ControllerAddress> configured, boolean mdns) {
        this(configured, mdns ? LocalDiscovery::usableAddresses : List::of, LocalDiscovery::askByMulticast, ASK_WITHIN);
    }

    /** @param here the addresses of this machine from which others are asked */
    LocalDiscovery(
            List<ControllerAddress> configured,
            Supplier<List<InetAddress>> here,
            LocalNetwork network,
            Duration askWithin) {
        this.configured = List.copyOf(configured);
        this.here = here;
        this.network = network;
        this.askWithin = askWithin;
    }

    /** The networks are asked once all configured addresses have been taken, and not before. */
    @Override
    public Iterable<ControllerAddress> controllers() {
        return () ->
                Stream.concat(configured.stream(), inTheNetworks()).distinct().iterator();
    }

    private Stream<ControllerAddress> inTheNetworks() {
        return Stream.of(here)
                .map(Supplier::get)
                .filter(from -> !from.isEmpty())
                .flatMap(from -> ask(from).stream());
    }

    /** Asks from all addresses side by side, for each takes seconds; who does not answer in time is not waited for. */
    private List<ControllerAddress> ask(List<InetAddress> from) {
        ExecutorService threads =
                Executors.newFixedThreadPool(Math.min(MOST_AT_ONCE, from.size()), LocalDiscovery::thread);
        try {
            List<Callable<List<ControllerAddress>>> questions = from.stream()
                    .map(address -> (Callable<List<ControllerAddress>>) () -> network.controllers(address))
                    .toList();
            List<Future<List<ControllerAddress>>> answers =
                    threads.invokeAll(questions, askWithin.toMillis(), TimeUnit.MILLISECONDS);
            List<ControllerAddress> found = new ArrayList<>();
            for (int i = 0; i < answers.size(); i++) {
                found.addAll(answer(from.get(i), answers.get(i)));
            }
            return found;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        } finally {
            threads.shutdownNow();
        }
    }

    private static List<ControllerAddress> answer(InetAddress from, Future<List<ControllerAddress>> answer)
            throws InterruptedException {
        try {
            return answer.get();
        } catch (ExecutionException | CancellationException e) {
            LOG.debug("no mDNS from {}: {}", from, e.getMessage());
            return List.of();
        }
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "mdns-ask");
        thread.setDaemon(true);
        return thread;
    }

    private static List<ControllerAddress> askByMulticast(InetAddress from) throws IOException {
        List<ControllerAddress> found = new ArrayList<>();
        try (JmDNS jmdns = JmDNS.create(from)) {
            for (ServiceInfo info : jmdns.list(Services.MDNS_TYPE, LISTEN.toMillis())) {
                Arrays.stream(info.getInet4Addresses())
                        .map(address -> new ControllerAddress(address.getHostAddress(), info.getPort()))
                        .forEach(found::add);
            }
        }
        return found;
    }

    /** The addresses by which this machine is in its networks now. */
    public static List<String> ownAddresses() {
        return usableAddresses().stream().map(InetAddress::getHostAddress).toList();
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
