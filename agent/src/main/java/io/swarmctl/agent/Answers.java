package io.swarmctl.agent;

import io.swarmctl.agent.answer.Answering;
import io.swarmctl.agent.bench.Benching;
import io.swarmctl.agent.bench.Benching.Instruments;
import io.swarmctl.agent.diagnose.Diagnosing;
import io.swarmctl.agent.machine.Diagnostics;
import io.swarmctl.common.wire.Asks;
import io.swarmctl.common.wire.NodeSpec;
import java.time.InstantSource;

/** Everything that a node answers when its spec asks. */
final class Answers implements AutoCloseable {
    private final Answering diagnosing;
    private final Answering benching;

    Answers(Answering.Node node, Diagnostics diagnostics, Instruments instruments, InstantSource clock) {
        this.diagnosing = Diagnosing.of(diagnostics, node, clock);
        this.benching = Benching.of(instruments, node, clock);
    }

    /** Looks whether that spec asks for something that was not answered yet. Does not block; any thread may call it. */
    void follow(NodeSpec spec) {
        Asks asks = spec.asks() == null ? Asks.NOTHING : spec.asks();
        diagnosing.follow(asks.diagnosis());
        benching.follow(asks.benchmark());
    }

    @Override
    public void close() {
        diagnosing.close();
        benching.close();
    }
}
