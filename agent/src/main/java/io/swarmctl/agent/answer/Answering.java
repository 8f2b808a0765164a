package io.swarmctl.agent.answer;

import io.swarmctl.agent.link.Bus.BusException;
import io.swarmctl.agent.link.StateDirectory;
import io.swarmctl.common.trust.EcKeys;
import io.swarmctl.common.trust.Kind;
import io.swarmctl.common.trust.Signed;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers one kind of question that specs ask by number, each once, also after a restart of the agent. On a thread of its
 * own, which is there only while it has something to do: the agent's own may be stuck. A question that comes while another
 * one waits takes its place.
 */
public final class Answering implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Answering.class);
    private static final int TRIES = 5;
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(3);

    private final Topic topic;
    private final Node node;
    private final Respondent respondent;
    private final ThreadPoolExecutor thread;

    /** What is asked: a word for it, as what the answer is signed, and on which map of the bus it goes. */
    public record Topic(String name, Kind kind, String map) {}

    /** Who answers, where it notes what it has answered, and where signed texts go. */
    public record Node(String nodeId, EcKeys keys, StateDirectory state, Outbox outbox) {}

    /** {@link io.swarmctl.agent.link.Bus#put}. */
    @FunctionalInterface
    public interface Outbox {
        void put(String map, String value) throws BusException;
    }

    /** Finds the answer. */
    @FunctionalInterface
    public interface Respondent {
        /** The answer to the question of that number, not yet signed; may take its time. */
        String answer(long number) throws IOException, InterruptedException;
    }

    public Answering(Topic topic, Node node, Respondent respondent) {
        this.topic = topic;
        this.node = node;
        this.respondent = respondent;
        this.thread = new ThreadPoolExecutor(
                1,
                1,
                1,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(1),
                work -> {
                    Thread worker = new Thread(work, topic.name());
                    worker.setDaemon(true);
                    return worker;
                },
                new ThreadPoolExecutor.DiscardOldestPolicy());
        thread.allowCoreThreadTimeOut(true);
    }

    /**
     * Answers, unless it has done so before. Does not block; any thread may call it.
     *
     * @param number as the latest spec has it; null when that asks nothing
     */
    public void follow(@Nullable Long number) {
        if (number != null) {
            thread.execute(() -> answer(number));
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private void answer(long number) {
        try {
            if (number <= answered()) {
                return;
            }
            // Written first: one that harms the agent is not tried again at its next start.
            node.state().write(topic.name(), String.valueOf(number));
            send(Signed.sign(
                    topic.kind(), respondent.answer(number), node.keys().privateKey()));
        } catch (IOException | RuntimeException e) {
            LOG.warn("no {}: {}", topic.name(), e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private long answered() throws IOException {
        return node.state()
                .read(topic.name())
                .map(String::strip)
                .filter(text -> text.matches("[0-9]{1,18}"))
                .map(Long::valueOf)
                .orElse(0L);
    }

    private void send(String signed) throws InterruptedException {
        for (int tried = 1; ; tried++) {
            try {
                node.outbox().put(topic.map(), signed);
                return;
            } catch (BusException e) {
                if (tried == TRIES) {
                    LOG.warn("the {} is not sent: {}", topic.name(), e.getMessage());
                    return;
                }
                Thread.sleep(BETWEEN_TRIES.toMillis());
            }
        }
    }
}
