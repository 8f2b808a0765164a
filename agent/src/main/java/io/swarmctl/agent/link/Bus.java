package io.swarmctl.agent.link;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.client.config.ClientConnectionStrategyConfig.ReconnectMode;
import com.hazelcast.client.config.RoutingMode;
import com.hazelcast.client.impl.clientside.HazelcastClientProxy;
import com.hazelcast.core.EntryEvent;
import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent.LifecycleState;
import com.hazelcast.map.IMap;
import com.hazelcast.map.listener.EntryAddedListener;
import com.hazelcast.map.listener.EntryUpdatedListener;
import io.swarmctl.common.wire.BusMaps;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The node's place on the controller's Hazelcast cluster, as a client through the tunnel. Reconnects for ever by itself.
 */
public final class Bus implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Bus.class);
    private static final int CALL_SECONDS = 10;
    private static final int POLL_SECONDS = 60;
    private static final int SOCKET_BUFFER_KB = 16;

    private final String nodeId;
    private final HazelcastInstance client;
    private final Consumer<String> specs;
    private final AtomicBoolean listening = new AtomicBoolean();
    private final AtomicBoolean answers = new AtomicBoolean();
    private final ReentrantLock lookingUp = new ReentrantLock();
    private final Future<?> poll;

    /** The bus cannot be reached at the moment, or refused what was sent. */
    public static final class BusException extends Exception {
        public BusException(String message, Throwable cause) {
            super(message, cause);
        }

        private BusException(String message) {
            super(message);
        }
    }

    /** One registration for both: the controller's gateway lets few messages through, and less is easier to guard. */
    private record SpecListener(Consumer<String> specs)
            implements EntryAddedListener<String, String>, EntryUpdatedListener<String, String> {
        @Override
        public void entryAdded(EntryEvent<String, String> event) {
            specs.accept(event.getValue());
        }

        @Override
        public void entryUpdated(EntryEvent<String, String> event) {
            specs.accept(event.getValue());
        }
    }

    /**
     * @param thread where calls to the bus are made that nobody waits for; the caller ends it
     * @param specs is given every signed spec that comes for this node, on any thread; must not block
     * @param connected is told after every connection to a controller
     */
    public Bus(
            String nodeId,
            String cluster,
            int tunnelPort,
            ScheduledExecutorService thread,
            Consumer<String> specs,
            Runnable connected) {
        this.nodeId = nodeId;
        this.specs = specs;
        this.client = HazelcastClient.newHazelcastClient(config(cluster, tunnelPort));
        stopMeasuring(client);
        client.getLifecycleService().addLifecycleListener(event -> {
            if (event.getState() == LifecycleState.CLIENT_CONNECTED) {
                thread.execute(() -> {
                    catchUp();
                    connected.run();
                });
            }
        });
        // Events can be lost; and the first connection may have come before the listener above.
        this.poll = thread.scheduleWithFixedDelay(this::catchUp, 0, POLL_SECONDS, TimeUnit.SECONDS);
    }

    /**
     * Sets this node's entry of a map.
     *
     * @throws BusException when the controller cannot be reached now, or would not take so long a value
     */
    public void put(String map, String value) throws BusException {
        int longest = BusMaps.longest(map);
        if (value.length() > longest) {
            // The gateway would take it for an attack, and shut this node out.
            throw new BusException("a value of " + value.length() + " characters; " + map + " takes " + longest);
        }
        try {
            map(map).setAsync(nodeId, value).toCompletableFuture().get(CALL_SECONDS, TimeUnit.SECONDS);
        } catch (HazelcastException | ExecutionException | TimeoutException | IllegalStateException e) {
            throw new BusException(String.valueOf(e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BusException("interrupted", e);
        }
    }

    /** Whether a controller answered when it was last asked, which is once a minute. */
    public boolean answers() {
        return answers.get();
    }

    @Override
    public void close() {
        poll.cancel(true);
        boolean alone = false;
        try {
            alone = lookingUp.tryLock(CALL_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try {
            client.shutdown();
        } catch (RuntimeException e) {
            // It throws when it is ended in the middle of making a proxy, and has closed its connections by then.
            LOG.debug("the bus's client did not end well: {}", e.toString());
        } finally {
            if (alone) {
                lookingUp.unlock();
            }
        }
    }

    /**
     * The client looks at its sockets and at the collector every second, on threads of its own, even with metrics off:
     * nobody asks for what it finds, and where many agents share a machine it is a quarter of what they do.
     */
    private static void stopMeasuring(HazelcastInstance client) {
        if (client instanceof HazelcastClientProxy proxy) {
            proxy.client.getMetricsRegistry().shutdown();
        }
    }

    /** One at a time: a lookup that fails while the client shuts down would end the shutdown half way. */
    private IMap<String, String> map(String name) {
        lookingUp.lock();
        try {
            return client.getMap(name);
        } finally {
            lookingUp.unlock();
        }
    }

    private void catchUp() {
        try {
            IMap<String, String> map = map(BusMaps.SPECS);
            if (!listening.get()) {
                map.addEntryListener(new SpecListener(specs), nodeId, true);
                listening.set(true);
            }
            String spec = map.getAsync(nodeId).toCompletableFuture().get(CALL_SECONDS, TimeUnit.SECONDS);
            if (!answers.getAndSet(true)) {
                LOG.info("in touch with the controller");
            }
            if (spec != null) {
                specs.accept(spec);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            outOfTouch(e);
        } catch (RuntimeException e) {
            // Whatever stands on the bus: the executor would never call again after an exception.
            outOfTouch(e);
        }
    }

    private void outOfTouch(Exception reason) {
        if (answers.getAndSet(false)) {
            LOG.info("out of touch with the controller; this node goes on by what it was told last");
        }
        LOG.debug("the bus does not answer: {}", reason.getMessage());
    }

    private static ClientConfig config(String cluster, int tunnelPort) {
        ClientConfig config = new ClientConfig();
        config.setClusterName(cluster);
        config.setProperty("hazelcast.logging.type", "slf4j");
        // They are the bus's name, which is a secret.
        config.setProperty("hazelcast.logging.details.enabled", "false");
        config.setProperty("hazelcast.client.heartbeat.interval", "2000");
        config.setProperty("hazelcast.client.heartbeat.timeout", "10000");
        config.setProperty("hazelcast.client.invocation.timeout.seconds", "20");
        config.setProperty("hazelcast.client.io.input.thread.count", "1");
        config.setProperty("hazelcast.client.io.output.thread.count", "1");
        config.setProperty("hazelcast.client.event.thread.count", "1");
        config.setProperty("hazelcast.client.response.thread.count", "1");
        config.setProperty("hazelcast.client.shuffle.member.list", "false");
        config.setProperty("hazelcast.client.shutdownhook.enabled", "false");
        config.getMetricsConfig().setEnabled(false);
        config.getNetworkConfig()
                .addAddress("127.0.0.1:" + tunnelPort)
                .getSocketOptions()
                .setBufferSize(SOCKET_BUFFER_KB);
        config.getNetworkConfig().getClusterRoutingConfig().setRoutingMode(RoutingMode.SINGLE_MEMBER);
        config.getNetworkConfig().getAutoDetectionConfig().setEnabled(false);
        config.getConnectionStrategyConfig()
                .setAsyncStart(true)
                .setReconnectMode(ReconnectMode.ASYNC)
                .getConnectionRetryConfig()
                .setClusterConnectTimeoutMillis(-1)
                .setInitialBackoffMillis(500)
                .setMaxBackoffMillis(10_000)
                .setMultiplier(1.5)
                .setJitter(0.5);
        return config;
    }
}
