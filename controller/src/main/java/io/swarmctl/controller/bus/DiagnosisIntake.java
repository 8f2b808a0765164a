package io.swarmctl.controller.bus;

import io.swarmctl.common.trust.EcKeys;
import io.swarmctl.common.trust.Kind;
import io.swarmctl.common.trust.Signed;
import io.swarmctl.common.trust.TrustException;
import io.swarmctl.common.wire.BusMaps;
import io.swarmctl.common.wire.Diagnosis;
import io.swarmctl.common.wire.WireException;
import io.swarmctl.common.wire.WireJson;
import io.swarmctl.controller.fleet.Diagnoses;
import io.swarmctl.controller.fleet.Fleet;
import io.swarmctl.controller.fleet.FleetLoop;
import io.swarmctl.controller.fleet.FleetNode;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes diagnoses off the bus, those that somebody has asked for and no others, and keeps some. What is kept is bounded
 * by their number and by what one may be; it is put in by one thread and looked at by others, so the methods exclude
 * each other.
 */
public final class DiagnosisIntake implements Diagnoses, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DiagnosisIntake.class);
    private static final int MOST_KEPT = 30;

    private final FleetLoop loop;
    private final InstantSource clock;
    private final LatestByNode latest;
    private final Map<String, Taken> kept = new LinkedHashMap<>();

    public DiagnosisIntake(FleetLoop loop, InstantSource clock) {
        this.loop = loop;
        this.clock = clock;
        this.latest = new LatestByNode("diagnoses", this::take);
    }

    public void start() {
        latest.start();
    }

    /** Does not block. What nobody waits for is not even looked at. */
    public void receive(String nodeId, String jws) {
        if (jws.length() <= BusMaps.longest(BusMaps.DIAGNOSES) && isAwaited(nodeId)) {
            latest.put(nodeId, jws);
        }
    }

    @Override
    public synchronized Optional<Taken> latest(String nodeId) {
        return Optional.ofNullable(kept.get(nodeId));
    }

    @Override
    public void close() {
        latest.close();
    }

    private boolean isAwaited(String nodeId) {
        Long asked = loop.fleet().diagnoses().get(nodeId);
        return asked != null
                && latest(nodeId)
                        .filter(taken -> taken.diagnosis().number() >= asked)
                        .isEmpty();
    }

    private void take(String nodeId, String jws) {
        Fleet fleet = loop.fleet();
        FleetNode node = fleet.nodes().get(nodeId);
        if (node == null || !isAwaited(nodeId)) {
            return;
        }
        try {
            String text = Signed.verify(Kind.DIAGNOSIS, jws, EcKeys.fromJwk(node.publicJwk()));
            Diagnosis diagnosis = WireJson.read(text, Diagnosis.class);
            Long asked = fleet.diagnoses().get(nodeId);
            if (!diagnosis.nodeId().equals(nodeId) || asked == null || diagnosis.number() != asked) {
                throw new TrustException("it is none that was asked for", null);
            }
            keep(nodeId, new Taken(diagnosis, clock.instant()));
        } catch (TrustException | WireException e) {
            LOG.warn("a diagnosis of {} is not taken: {}", node.name(), e.getMessage());
        }
    }

    private synchronized void keep(String nodeId, Taken taken) {
        kept.remove(nodeId);
        if (kept.size() == MOST_KEPT) {
            kept.remove(kept.keySet().iterator().next());
        }
        kept.put(nodeId, taken);
    }
}
