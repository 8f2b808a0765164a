package io.swarmctl.agent.diagnose;

import io.swarmctl.agent.answer.Answering;
import io.swarmctl.agent.answer.Answering.Topic;
import io.swarmctl.agent.machine.Diagnostics;
import io.swarmctl.common.trust.Kind;
import io.swarmctl.common.wire.BusMaps;
import io.swarmctl.common.wire.Diagnosis;
import io.swarmctl.common.wire.WireJson;
import java.time.InstantSource;

/** Looks at the machine when a spec asks for it, and tells what it found. */
public final class Diagnosing {
    private static final Topic TOPIC = new Topic("diagnosis", Kind.DIAGNOSIS, BusMaps.DIAGNOSES);

    private Diagnosing() {}

    public static Answering of(Diagnostics diagnostics, Answering.Node node, InstantSource clock) {
        return new Answering(TOPIC, node, number -> {
            Bundle bundle = new Bundle();
            diagnostics.look(bundle::add);
            Diagnosis diagnosis = new Diagnosis(node.nodeId(), number, clock.millis(), bundle.parts());
            return WireJson.write(diagnosis, Diagnosis.class);
        });
    }
}
