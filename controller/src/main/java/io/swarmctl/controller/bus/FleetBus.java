package io.swarmctl.controller.bus;

import com.hazelcast.config.ClassFilter;
import com.hazelcast.config.Config;
import com.hazelcast.config.JavaSerializationFilterConfig;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.MapConfig;
import com.hazelcast.core.EntryEvent;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import com.hazelcast.map.listener.EntryAddedListener;
import com.hazelcast.map.listener.EntryRemovedListener;
import com.hazelcast.map.listener.EntryUpdatedListener;
import io.swarmctl.common.trust.Kind;
import io.swarmctl.common.wire.BusMaps;
import io.swarmctl.common.wire.NodeSpec;
import io.swarmctl.common.wire.WireJson;
import io.swarmctl.controller.enrol.ControllerKeys;
import io.swarmctl.controller.fleet.Fleet;
import io.swarmctl.controller.fleet.FleetNode;
import io.swarmctl.controller.fleet.SpecPublisher;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Hazelcast member that agents join, through the gateway, as clients. It listens on loopback only.
 *
 * <p>It is a messenger and not trusted: what it carries is signed, and specs that are not the controller's are replaced.
 */
public final class FleetBus implements SpecPublisher, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FleetBus.class);
    private static final String LOOPBACK = "127.0.0.1";

    private static final List<String> WRITTEN_BY_NODES =
            List.of(BusMaps.REPORTS, BusMaps.OUTPUT, BusMaps.DIAGNOSES, BusMaps.BENCHMARKS);

    /** An empty list would allow every class; one that names no class allows none. */
    private static final String NO_CLASS = "none";

    private final HazelcastInstance member;
    private final IMap<String, String> specs;
    private final ControllerKeys keys;
    private final ExecutorService signer = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "spec-signer");
        thread.setDaemon(true);
        return thread;
    });

    /** What is to stand in {@link #specs}; written by the fleet's thread, read by Hazelcast's event threads. */
    private final Map<String, String> published = new ConcurrentHashMap<>();

    private FleetBus(HazelcastInstance member, ControllerKeys keys) {
        this.member = member;
        this.keys = keys;
        this.specs = member.getMap(BusMaps.SPECS);
    }

    /** Starts the member under the cluster name, which is known to the fleet's nodes only. */
    public static FleetBus start(String clusterName, ControllerKeys keys) {
        FleetBus bus = new FleetBus(Hazelcast.newHazelcastInstance(config(clusterName)), keys);
        bus.makePartitions();
        bus.guardSpecs();
        return bus;
    }

    /** Where the member listens on loopback. */
    public int port() {
        return ((InetSocketAddress) member.getLocalEndpoint().getSocketAddress()).getPort();
    }

    /** In which partition a key lies, of every map. */
    public int partitionOf(String key) {
        return member.getPartitionService().getPartition(key).getPartitionId();
    }

    /**
     * Hands on what nodes write; the consumers are called with node id and signed text, in order for each node, on
     * Hazelcast's event threads, and must not block.
     */
    public void listen(BiConsumer<String, String> report, BiConsumer<String, String> output) {
        hear(BusMaps.REPORTS, report);
        hear(BusMaps.OUTPUT, output);
    }

    /** The same for what nodes were asked for, which is looked at once: none of it is left on the bus. */
    public void listenToAnswers(BiConsumer<String, String> diagnosis, BiConsumer<String, String> benchmark) {
        hearOnce(BusMaps.DIAGNOSES, diagnosis);
        hearOnce(BusMaps.BENCHMARKS, benchmark);
    }

    @Override
    public Runnable prepare(Collection<FleetNode> changed, Fleet fleet) {
        CompletableFuture<Map<String, String>> signed = changed.isEmpty()
                ? CompletableFuture.completedFuture(Map.of())
                : CompletableFuture.supplyAsync(() -> signed(changed), signer);
        return () -> publish(signed.join(), fleet);
    }

    private Map<String, String> signed(Collection<FleetNode> nodes) {
        Map<String, String> signed = new LinkedHashMap<>();
        for (FleetNode node : nodes) {
            NodeSpec spec = node.spec();
            if (spec != null) {
                signed.put(node.id(), keys.sign(Kind.SPEC, WireJson.write(spec, NodeSpec.class)));
            }
        }
        return signed;
    }

    private void publish(Map<String, String> signed, Fleet fleet) {
        published.putAll(signed);
        signed.forEach(specs::setAsync);
        for (String nodeId : List.copyOf(published.keySet())) {
            if (!fleet.nodes().containsKey(nodeId)) {
                published.remove(nodeId);
                specs.removeAsync(nodeId);
                WRITTEN_BY_NODES.forEach(map -> member.getMap(map).removeAsync(nodeId));
            }
        }
    }

    @Override
    public void close() {
        signer.shutdownNow();
        member.shutdown();
    }

    /** A client that meets a member without partitions asks it to make them, which agents need not be able to do. */
    private void makePartitions() {
        LOG.debug("{} specs on a new bus", specs.size());
    }

    private void hearOnce(String mapName, BiConsumer<String, String> consumer) {
        hear(mapName, (nodeId, signed) -> {
            member.getMap(mapName).removeAsync(nodeId);
            consumer.accept(nodeId, signed);
        });
    }

    private void hear(String mapName, BiConsumer<String, String> consumer) {
        IMap<String, String> map = member.getMap(mapName);
        EntryAddedListener<String, String> added = event -> consumer.accept(event.getKey(), event.getValue());
        EntryUpdatedListener<String, String> updated = event -> consumer.accept(event.getKey(), event.getValue());
        map.addEntryListener(added, true);
        map.addEntryListener(updated, true);
    }

    private void guardSpecs() {
        EntryAddedListener<String, String> added = this::restore;
        EntryUpdatedListener<String, String> updated = this::restore;
        EntryRemovedListener<String, String> removed = this::restore;
        specs.addEntryListener(added, true);
        specs.addEntryListener(updated, true);
        specs.addEntryListener(removed, true);
    }

    private void restore(EntryEvent<String, String> event) {
        String nodeId = event.getKey();
        if (isOurs(nodeId, event.getValue())) {
            return;
        }
        // The event may be of an earlier spec of ours: what counts is what stands there now.
        specs.getAsync(nodeId).thenAccept(current -> {
            String ours = published.get(nodeId);
            if (ours != null && !ours.equals(current)) {
                LOG.warn("the spec of {} was changed on the bus by somebody else; putting it back", nodeId);
                specs.setAsync(nodeId, ours);
            }
        });
    }

    private boolean isOurs(String nodeId, @Nullable String value) {
        String ours = published.get(nodeId);
        return ours == null || ours.equals(value);
    }

    private static Config config(String clusterName) {
        Config config = new Config();
        config.setClusterName(clusterName);
        config.setInstanceName(clusterName);
        config.setProperty("hazelcast.phone.home.enabled", "false");
        config.setProperty("hazelcast.logging.type", "slf4j");
        config.setProperty("hazelcast.socket.bind.any", "false");
        config.setProperty("hazelcast.client.max.no.heartbeat.seconds", "15");
        config.setProperty("hazelcast.shutdownhook.enabled", "false");
        config.setProperty("hazelcast.metrics.enabled", "false");
        config.setProperty("hazelcast.partition.count", "31");
        // In kilobytes for each connection, each way: by default the socket's 128, a quarter of a gigabyte with a
        // thousand.
        config.setProperty("hazelcast.socket.client.receive.buffer.size", "16");
        config.setProperty("hazelcast.socket.client.send.buffer.size", "16");
        config.getMetricsConfig().setEnabled(false);
        config.getJetConfig().setEnabled(false);
        config.getSerializationConfig()
                .setJavaSerializationFilterConfig(new JavaSerializationFilterConfig()
                        .setDefaultsDisabled(true)
                        .setWhitelist(new ClassFilter().addClasses(NO_CLASS)));
        config.getNetworkConfig()
                .setPort(15701)
                .setPortAutoIncrement(true)
                .setPortCount(1000)
                .setReuseAddress(false)
                .getInterfaces()
                .setEnabled(true)
                .addInterface(LOOPBACK);
        JoinConfig join = config.getNetworkConfig().getJoin();
        join.getAutoDetectionConfig().setEnabled(false);
        join.getMulticastConfig().setEnabled(false);
        config.addMapConfig(new MapConfig("default").setBackupCount(0));
        return config;
    }
}
