package io.swarmctl.agent.diagnose;

import io.swarmctl.agent.link.Bus.BusException;
import io.swarmctl.agent.link.StateDirectory;
import io.swarmctl.agent.machine.Diagnostics;
import io.swarmctl.common.trust.EcKeys;
import io.swarmctl.common.trust.Kind;
import io.swarmctl.common.trust.Signed;
import io.swarmctl.common.wire.BusMaps;
import io.swarmctl.common.wire.Diagnosis;
import io.swarmctl.common.wire.NodeSpec;
import io.swarmctl.common.wire.WireJson;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the machine when a spec asks for it, and sends what it found. On a thread of its own, which is there only
 * while it has something to do: what is wrong may be that the agent's own thread is stuck.
 */
public final class Diagnosing implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Diagnosing.class);
    private static final String ANSWERED = "diagnosis";
    private static final int TRIES = 5;
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(3);

    private final Node node;
    private final Diagnostics diagnostics;
    private final StateDirectory state;
    private final InstantSource clock;
    private final Outbox outbox;
    private final ThreadPoolExecutor thread = new ThreadPoolExecutor(
            1,
            1,
            1,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(1),
            work -> {
                Thread worker = new Thread(work, "diagnose");
                worker.setDaemon(true);
                return worker;
            },
            new ThreadPoolExecutor.DiscardOldestPolicy());

    /** Who tells. */
    public record Node(String nodeId, EcKeys keys) {}

    /** Where signed texts go; {@link io.swarmctl.agent.link.Bus#put}. */
    @FunctionalInterface
    public interface Outbox {
        void put(String map, String value) throws BusException;
    }

    public Diagnosing(Node node, Diagnostics diagnostics, StateDirectory state, InstantSource clock, Outbox outbox) {
        this.node = node;
        this.diagnostics = diagnostics;
        this.state = state;
        this.clock = clock;
        this.outbox = outbox;
        thread.allowCoreThreadTimeOut(true);
    }

    /** Looks whether that spec asks for something that was not answered yet. Does not block; any thread may call it. */
    public void follow(NodeSpec spec) {
        Long number = spec.diagnosis();
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
            // Written first: one that harms the agent is not made again at its next start.
            state.write(ANSWERED, String.valueOf(number));
            Bundle bundle = new Bundle();
            diagnostics.look(bundle::add);
            Diagnosis diagnosis = new Diagnosis(node.nodeId(), number, clock.millis(), bundle.parts());
            send(Signed.sign(
                    Kind.DIAGNOSIS,
                    WireJson.write(diagnosis, Diagnosis.class),
                    node.keys().privateKey()));
        } catch (IOException | RuntimeException e) {
            LOG.warn("no diagnosis: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private long answered() throws IOException {
        return state.read(ANSWERED)
                .map(String::strip)
                .filter(text -> text.matches("[0-9]{1,18}"))
                .map(Long::valueOf)
                .orElse(0L);
    }

    private void send(String signed) throws InterruptedException {
        for (int tried = 1; ; tried++) {
            try {
                outbox.put(BusMaps.DIAGNOSES, signed);
                return;
            } catch (BusException e) {
                if (tried == TRIES) {
                    LOG.warn("the diagnosis is not sent: {}", e.getMessage());
                    return;
                }
                Thread.sleep(BETWEEN_TRIES.toMillis());
            }
        }
    }
}
