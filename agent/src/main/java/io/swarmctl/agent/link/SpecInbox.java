package io.swarmctl.agent.link;

import io.swarmctl.common.trust.FleetTrust;
import io.swarmctl.common.trust.Kind;
import io.swarmctl.common.trust.Signed;
import io.swarmctl.common.trust.TrustException;
import io.swarmctl.common.wire.NodeSpec;
import io.swarmctl.common.wire.Services;
import io.swarmctl.common.wire.WireException;
import io.swarmctl.common.wire.WireJson;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The spec that this node follows. Takes only what the controller has signed for this node, and never goes back to an
 * older one; the last good one is kept on disk and is followed without a controller too.
 *
 * <p>Specs come on the bus's threads and are waited for on the agent's, so the methods exclude each other.
 */
public final class SpecInbox {
    private static final Logger LOG = LoggerFactory.getLogger(SpecInbox.class);
    private static final String FILE = "spec.jws";

    private final String nodeId;
    private final FleetTrust trust;
    private final StateDirectory state;
    private @Nullable NodeSpec current;
    private boolean unseen;

    /** @throws IOException when the disk cannot be read */
    public SpecInbox(String nodeId, FleetTrust trust, StateDirectory state) throws IOException {
        this.nodeId = nodeId;
        this.trust = trust;
        this.state = state;
        Optional<String> kept = state.read(FILE);
        if (kept.isPresent()) {
            try {
                current = read(kept.get());
                unseen = true;
            } catch (TrustException | WireException e) {
                LOG.warn("the spec on disk is not used: {}", e.getMessage());
            }
        }
    }

    public synchronized Optional<NodeSpec> current() {
        return Optional.ofNullable(current);
    }

    /**
     * Takes a spec that came over the bus; a spec that is already followed is taken without effect.
     *
     * @throws TrustException when it is refused: not signed by the controller, another node's, or an older one
     * @throws IOException when the disk does not take it; the node then stays with the one it has
     */
    public synchronized void offer(String jws) throws TrustException, IOException {
        NodeSpec offered;
        try {
            offered = read(jws);
        } catch (WireException e) {
            throw new TrustException(e.getMessage() + "; is the agent older than the controller?", e);
        }
        if (current != null && !offered.isNewerThan(current)) {
            if (offered.epoch() == current.epoch() && offered.generation() == current.generation()) {
                return;
            }
            throw new TrustException(
                    "an older spec: " + offered.epoch() + "." + offered.generation() + " after " + current.epoch() + "."
                            + current.generation(),
                    null);
        }
        state.write(FILE, jws);
        current = offered;
        unseen = true;
        notifyAll();
    }

    /** Waits, at the longest for that time, until a spec has come that nobody has waited for yet; whether one has. */
    public synchronized boolean awaitNews(Duration longest) throws InterruptedException {
        long deadline = System.nanoTime() + longest.toNanos();
        while (!unseen) {
            long millis = (deadline - System.nanoTime()) / 1_000_000;
            if (millis <= 0) {
                break;
            }
            wait(millis);
        }
        boolean news = unseen;
        unseen = false;
        return news;
    }

    private NodeSpec read(String jws) throws TrustException, WireException {
        NodeSpec spec = WireJson.read(Signed.verifyCertified(Kind.SPEC, jws, trust, Services.SIGNER), NodeSpec.class);
        if (!spec.nodeId().equals(nodeId)) {
            throw new TrustException("a spec for " + spec.nodeId() + ", not for " + nodeId, null);
        }
        return spec;
    }
}
