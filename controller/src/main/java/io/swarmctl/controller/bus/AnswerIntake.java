package io.swarmctl.controller.bus;

import io.swarmctl.common.trust.EcKeys;
import io.swarmctl.common.trust.Kind;
import io.swarmctl.common.trust.Signed;
import io.swarmctl.common.trust.TrustException;
import io.swarmctl.common.wire.Answer;
import io.swarmctl.common.wire.BusMaps;
import io.swarmctl.common.wire.WireException;
import io.swarmctl.common.wire.WireJson;
import io.swarmctl.controller.fleet.Fleet;
import io.swarmctl.controller.fleet.FleetLoop;
import io.swarmctl.controller.fleet.FleetNode;
import io.swarmctl.controller.fleet.Question;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes answers off the bus: those that somebody has asked for, each once, and no others. What is signed is looked at on a
 * thread of its own.
 */
final class AnswerIntake<T extends Answer> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AnswerIntake.class);

    private final Subject<T> subject;
    private final FleetLoop loop;
    private final Keeper<T> keeper;
    private final LatestByNode latest;

    /** The number that each node has answered last; written by one thread and read by others. */
    private final Map<String, Long> answered = new ConcurrentHashMap<>();

    /**
     * What answers are about.
     *
     * @param map of the bus, on which they come
     * @param asked the latest question to each node
     */
    record Subject<T extends Answer>(
            Kind kind, String map, Class<T> type, Function<Fleet, Map<String, Question>> asked) {}

    /** Keeps an answer that was asked for, and that the node has signed. May block. */
    @FunctionalInterface
    interface Keeper<T> {
        void keep(FleetNode node, T answer) throws IOException;
    }

    AnswerIntake(Subject<T> subject, FleetLoop loop, Keeper<T> keeper) {
        this.subject = subject;
        this.loop = loop;
        this.keeper = keeper;
        this.latest = new LatestByNode(subject.map(), this::take);
    }

    void start() {
        latest.start();
    }

    /** Does not block. What nobody waits for is not even looked at. */
    void receive(String nodeId, String jws) {
        if (jws.length() <= BusMaps.longest(subject.map()) && awaited(loop.fleet(), nodeId) != null) {
            latest.put(nodeId, jws);
        }
    }

    @Override
    public void close() {
        latest.close();
    }

    /** The question that the node has still to answer; null when there is none. */
    private @Nullable Question awaited(Fleet fleet, String nodeId) {
        Question asked = subject.asked().apply(fleet).get(nodeId);
        return asked == null || answered.getOrDefault(nodeId, 0L) >= asked.number() ? null : asked;
    }

    private void take(String nodeId, String jws) {
        Fleet fleet = loop.fleet();
        FleetNode node = fleet.nodes().get(nodeId);
        Question asked = awaited(fleet, nodeId);
        if (node == null || asked == null) {
            return;
        }
        try {
            String text = Signed.verify(subject.kind(), jws, EcKeys.fromJwk(node.publicJwk()));
            T answer = WireJson.read(text, subject.type());
            if (!answer.nodeId().equals(nodeId) || answer.number() != asked.number()) {
                throw new TrustException("it is none that was asked for", null);
            }
            keeper.keep(node, answer);
            answered.put(nodeId, answer.number());
        } catch (TrustException | WireException | IOException e) {
            LOG.warn("an answer of {} for {} is not taken: {}", node.name(), subject.map(), e.getMessage());
        }
    }
}
