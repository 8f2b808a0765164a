package io.swarmctl.controller.bus;

import io.swarmctl.common.trust.Kind;
import io.swarmctl.common.wire.BusMaps;
import io.swarmctl.common.wire.Diagnosis;
import io.swarmctl.controller.bus.AnswerIntake.Subject;
import io.swarmctl.controller.fleet.Diagnoses;
import io.swarmctl.controller.fleet.Fleet;
import io.swarmctl.controller.fleet.FleetLoop;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Takes diagnoses off the bus and keeps some. What is kept is bounded by their number and by what one may be; it is put in
 * by one thread and looked at by others, so the methods exclude each other.
 */
public final class DiagnosisIntake implements Diagnoses, AutoCloseable {
    private static final int MOST_KEPT = 30;

    private final AnswerIntake<Diagnosis> intake;
    private final Map<String, Taken> kept = new LinkedHashMap<>();

    public DiagnosisIntake(FleetLoop loop, InstantSource clock) {
        this.intake = new AnswerIntake<>(
                new Subject<>(Kind.DIAGNOSIS, BusMaps.DIAGNOSES, Diagnosis.class, Fleet::diagnoses),
                loop,
                (node, diagnosis) -> keep(node.id(), new Taken(diagnosis, clock.instant())));
    }

    public void start() {
        intake.start();
    }

    /** Does not block. */
    public void receive(String nodeId, String jws) {
        intake.receive(nodeId, jws);
    }

    @Override
    public synchronized Optional<Taken> latest(String nodeId) {
        return Optional.ofNullable(kept.get(nodeId));
    }

    @Override
    public void close() {
        intake.close();
    }

    private synchronized void keep(String nodeId, Taken taken) {
        kept.remove(nodeId);
        if (kept.size() == MOST_KEPT) {
            kept.remove(kept.keySet().iterator().next());
        }
        kept.put(nodeId, taken);
    }
}
