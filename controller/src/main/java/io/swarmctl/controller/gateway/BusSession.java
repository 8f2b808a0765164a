package io.swarmctl.controller.gateway;

import io.swarmctl.controller.gateway.protocol.Message;
import io.swarmctl.controller.gateway.protocol.MessageReader;
import io.swarmctl.controller.gateway.protocol.ViolationException;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection of an agent to the bus. What the agent says is read, and passes on a whole message at a time; what the
 * bus says passes as it is. Who sends too much, or does not read, is not read from meanwhile. Belongs to one event loop.
 */
final class BusSession {
    private static final Logger LOG = LoggerFactory.getLogger(BusSession.class);

    /** Agents say something every two seconds, and give up after ten a connection on which nothing gets through. */
    private static final Duration LONGEST_MESSAGE = Duration.ofSeconds(11);

    private static final Duration LONGEST_UNREAD = Duration.ofSeconds(30);
    private static final long LOOK_EVERY_MILLIS = 2_000;
    private static final long NO_TIMER = -1;

    private final Vertx vertx;
    private final NetSocket agent;
    private final NetSocket bus;
    private final MessageReader reader;
    private final Limits limits;

    private @Nullable Message waiting;
    private long holding = NO_TIMER;
    private long looking = NO_TIMER;
    private boolean ended;

    /** When a whole message came last, or there was none begun, or the agent was kept from sending it. */
    private long heardAt = System.nanoTime();

    /** When the agent last had room for what the bus says. */
    private long readAt = heardAt;

    /**
     * What holds the agent to its share.
     *
     * @param violation is told when it sent what no agent does
     * @param notice is told of what an agent in trouble might do too
     */
    record Limits(Conduct conduct, Counters counters, Consumer<String> violation, Consumer<String> notice) {}

    BusSession(Vertx vertx, NetSocket agent, NetSocket bus, MessageReader reader, Limits limits) {
        this.vertx = vertx;
        this.agent = agent;
        this.bus = bus;
        this.reader = reader;
        this.limits = limits;
    }

    /** Begins to read; both sockets are to be paused, and nobody else may have a handler for what they read. */
    void begin() {
        agent.handler(this::hear);
        agent.drainHandler(drained -> {
            bus.resume();
            passOn();
        });
        bus.handler(this::answer);
        bus.drainHandler(drained -> passOn());
        bus.resume();
        agent.resume();
    }

    /** To be called when either socket is closed. */
    void end() {
        ended = true;
        lookNoMore();
        vertx.cancelTimer(holding);
    }

    private void hear(Buffer bytes) {
        reader.give(bytes.getBytes());
        passOn();
    }

    private void answer(Buffer bytes) {
        agent.write(bytes);
        if (agent.writeQueueFull()) {
            bus.pause();
            keepLooking();
        }
    }

    private void passOn() {
        try {
            while (!isHeld()) {
                Optional<Message> next = waiting == null ? reader.next() : Optional.of(waiting);
                if (next.isEmpty()) {
                    agent.resume();
                    if (reader.held() > 0) {
                        keepLooking();
                    }
                    return;
                }
                pass(next.get());
            }
            agent.pause();
        } catch (ViolationException e) {
            violate(String.valueOf(e.getMessage()));
        }
    }

    private void pass(Message message) {
        int size = message.bytes().length;
        Duration wait = limits.conduct().send(size, System.nanoTime());
        heardAt = System.nanoTime();
        if (!wait.isZero()) {
            waiting = message;
            hold(wait);
            return;
        }
        waiting = null;
        limits.counters().forward(message.name(), size);
        bus.write(Buffer.buffer(message.bytes()));
    }

    private void hold(Duration wait) {
        limits.counters().hold();
        if (limits.conduct().floods(System.nanoTime())) {
            limits.notice().accept("sends more than any agent, and is held to its share");
        }
        holding = vertx.setTimer(wait.toMillis() + 1, timer -> {
            holding = NO_TIMER;
            passOn();
        });
    }

    private boolean isHeld() {
        return ended || holding != NO_TIMER || bus.writeQueueFull() || agent.writeQueueFull();
    }

    /** While a message has begun and not come to its end, or the agent does not read: at rest there is neither. */
    private void keepLooking() {
        if (looking == NO_TIMER && !ended) {
            heardAt = System.nanoTime();
            readAt = heardAt;
            looking = vertx.setPeriodic(LOOK_EVERY_MILLIS, timer -> look());
        }
    }

    private void lookNoMore() {
        vertx.cancelTimer(looking);
        looking = NO_TIMER;
    }

    private void look() {
        long now = System.nanoTime();
        if (!agent.writeQueueFull() && reader.held() == 0) {
            lookNoMore();
            return;
        }
        if (!agent.writeQueueFull()) {
            readAt = now;
        }
        if (isHeld() || reader.held() == 0) {
            heardAt = now;
        }
        if (now - readAt > LONGEST_UNREAD.toNanos()) {
            LOG.info("{} does not read what the bus sends; its connection ends", agent.remoteAddress());
            agent.close();
        } else if (now - heardAt > LONGEST_MESSAGE.toNanos()) {
            limits.notice()
                    .accept("sends bytes that become no message, for " + LONGEST_MESSAGE.toSeconds()
                            + " s; its connection is ended");
            agent.close();
        }
    }

    private void violate(String reason) {
        if (!ended) {
            end();
            limits.counters().violate();
            limits.violation().accept(reason);
            agent.close();
        }
    }
}
