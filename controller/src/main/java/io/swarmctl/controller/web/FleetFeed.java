package io.swarmctl.controller.web;

import io.swarmctl.common.wire.WireJson;
import io.swarmctl.controller.api.FleetViews;
import io.swarmctl.controller.api.NodeViews;
import io.swarmctl.controller.api.view.FeedView;
import io.swarmctl.controller.fleet.Fleet;
import io.swarmctl.controller.fleet.FleetLoop;
import io.swarmctl.controller.fleet.FleetNode;
import io.swarmctl.controller.fleet.NodeCondition;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Publishes on the event bus what changes of the fleet, as often as ten times a second: however often a node changes in
 * between, it is told once, as it is by then. Without changes it still speaks every two seconds, so that who hears
 * nothing knows that the line is dead. Works on an event loop of its own, and only while somebody looks.
 */
public final class FleetFeed implements AutoCloseable {
    /** The only address that the bridge lets out. */
    static final String ADDRESS = "swarmctl.fleet";

    static final long BETWEEN_MILLIS = 100;
    static final long HEARTBEAT_MILLIS = 2_000;

    private final Vertx vertx;
    private final FleetLoop loop;
    private final String version;
    private final InstantSource clock;
    private final Context context;
    private final long heartbeat;

    /** Whether a look at the fleet is on its way already; set by whoever asks for one. */
    private final AtomicBoolean due = new AtomicBoolean();

    /** How many look. Volatile: written by the bridge's event loop, and read by whoever changes the fleet. */
    private volatile int viewers;

    // The rest belongs to the context.
    private final Map<String, Told> told = new HashMap<>();
    private long revision;
    private long lookedAtNanos = System.nanoTime();

    /** What decides how a node is shown. */
    private record Told(FleetNode node, boolean connected, NodeCondition condition) {
        /** A node that says something is another object: comparing all that it said would cost more than telling it. */
        @SuppressWarnings("ReferenceEquality")
        boolean isSameAs(@Nullable Told other) {
            return other != null
                    && node == other.node
                    && connected == other.connected
                    && condition.equals(other.condition);
        }
    }

    /**
     * What is to be told.
     *
     * @param gone ids
     */
    private record News(Fleet fleet, List<FleetNode> changed, List<String> gone) {
        boolean isEmpty() {
            return changed.isEmpty() && gone.isEmpty();
        }
    }

    public FleetFeed(Vertx vertx, FleetLoop loop, String version, InstantSource clock) {
        this.vertx = vertx;
        this.loop = loop;
        this.version = version;
        this.clock = clock;
        this.context = vertx.getOrCreateContext();
        this.heartbeat = vertx.setPeriodic(HEARTBEAT_MILLIS, timer -> context.runOnContext(now -> beat()));
    }

    /** To be called when the fleet may have changed. Any thread may; does not block. */
    public void changed() {
        if (viewers > 0 && due.compareAndSet(false, true)) {
            context.runOnContext(now -> lookSoon());
        }
    }

    void viewers(int count) {
        viewers = count;
    }

    /** Hands over all that the feed has told so far, as JSON; what it tells from then on has a higher revision. */
    void whole(Consumer<String> reader) {
        context.runOnContext(now -> {
            Instant at = clock.instant();
            News news = look(at);
            if (viewers > 1 && !news.isEmpty()) {
                publish(news, at);
            }
            List<FleetNode> all = told.values().stream().map(Told::node).toList();
            reader.accept(json(new News(news.fleet(), all, List.of()), true, at));
        });
    }

    @Override
    public void close() {
        vertx.cancelTimer(heartbeat);
    }

    private void beat() {
        if (viewers > 0) {
            tell(true);
        }
    }

    private void lookSoon() {
        long rest = BETWEEN_MILLIS - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - lookedAtNanos);
        if (rest <= 0) {
            tell(false);
        } else {
            vertx.setTimer(rest, timer -> tell(false));
        }
    }

    /** @param evenIfSame whether to speak without news */
    private void tell(boolean evenIfSame) {
        Instant at = clock.instant();
        News news = look(at);
        if (evenIfSame || !news.isEmpty()) {
            publish(news, at);
        }
    }

    private void publish(News news, Instant at) {
        revision++;
        vertx.eventBus().publish(ADDRESS, new JsonObject(json(news, false, at)));
    }

    /** What has changed since the last look. */
    private News look(Instant at) {
        lookedAtNanos = System.nanoTime();
        due.set(false);
        Fleet fleet = loop.fleet();
        List<FleetNode> changed = new ArrayList<>();
        for (FleetNode node : fleet.nodes().values()) {
            boolean connected = fleet.isConnected(node);
            Told now = new Told(node, connected, NodeCondition.of(fleet, node, at));
            if (!now.isSameAs(told.put(node.id(), now))) {
                changed.add(node);
            }
        }
        List<String> gone =
                told.keySet().stream().filter(id -> fleet.node(id).isEmpty()).toList();
        gone.forEach(told::remove);
        return new News(fleet, changed, gone);
    }

    private String json(News news, boolean whole, Instant at) {
        Fleet fleet = news.fleet();
        return WireJson.write(
                new FeedView(
                        revision,
                        whole,
                        at,
                        FleetViews.status(fleet, loop.trouble().orElse(null), version, at)
                                .withoutAttention(),
                        NodeViews.list(fleet, news.changed(), at),
                        news.gone()),
                FeedView.class);
    }
}
