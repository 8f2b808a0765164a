package io.swarmctl.controller.fleet;

import io.swarmctl.common.wire.Diagnosis;
import java.time.Instant;
import java.util.Optional;

/** The latest diagnoses, for as long as the controller runs and there are not too many of them. */
public interface Diagnoses {
    /** @param at when it came, by the controller's clock */
    record Taken(Diagnosis diagnosis, Instant at) {}

    /** The latest of that node; empty when it was never asked, has not answered, or its answer is no longer kept. */
    Optional<Taken> latest(String nodeId);
}
