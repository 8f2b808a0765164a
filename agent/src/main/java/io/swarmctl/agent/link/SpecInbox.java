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

/**
 * The spec that this node follows. Takes only what the controller has signed for this node, and never goes back to an
 * older one; the last good one is kept on disk and is followed without a controller too.
 *
 * <p>Specs come on the bus's threads and are waited for on the agent's, so the methods exclude each other.
 */
public final class SpecInbox {
    private final String nodeId;
    private final FleetTrust trust;
    private final KeptSpec kept;
    private @Nullable NodeSpec current;
    private String currentJws = "";
    private boolean contested;
    private boolean unseen;

    /** @throws IOException when the disk cannot be read */
    public SpecInbox(String nodeId, FleetTrust trust, StateDirectory state) throws IOException {
        this.nodeId = nodeId;
        this.trust = trust;
        this.kept = new KeptSpec(state);
        Optional<KeptSpec.Good> good = kept.read(this::read);
        if (good.isPresent()) {
            current = good.get().spec();
            currentJws = good.get().jws();
            unseen = true;
        }
    }

    public synchronized Optional<NodeSpec> current() {
        return Optional.ofNullable(current);
    }

    /**
     * The signed spec that this node follows, while the controller's last word to it was another spec that is not newer:
     * proof for a controller that was restored from an older state.
     */
    public synchronized Optional<String> newerThanOffered() {
        return contested ? Optional.of(currentJws) : Optional.empty();
    }

    /**
     * Takes a spec that came over the bus; a spec that is already followed is taken without effect.
     *
     * @throws TrustException when it is refused: not signed by the controller, another node's, or an older one
     * @throws IOException when the disk does not take it; the node then stays with the one it has
     */
    public synchronized void offer(String jws) throws TrustException, IOException {
        if (jws.equals(currentJws)) {
            // As at every poll: its signature was good when it came.
            contested = false;
            return;
        }
        NodeSpec offered;
        try {
            offered = read(jws);
        } catch (WireException e) {
            throw new TrustException(e.getMessage() + "; is the agent older than the controller?", e);
        }
        if (offered.equals(current)) {
            contested = false;
            return;
        }
        if (current != null && !offered.isNewerThan(current)) {
            contest();
            throw notNewer(offered, SpecNumber.of(current));
        }
        if (kept.last().isAfter(SpecNumber.of(offered))) {
            throw notNewer(offered, kept.last());
        }
        kept.write(jws, offered);
        current = offered;
        currentJws = jws;
        contested = false;
        news();
    }

    /** Waits, at the longest for that time, until there is news that nobody has waited for yet; whether there is. */
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

    /** That the controller has forgotten a spec is news too: it is told with the next report. */
    private void contest() {
        if (!contested) {
            contested = true;
            news();
        }
    }

    private void news() {
        unseen = true;
        notifyAll();
    }

    private static TrustException notNewer(NodeSpec offered, SpecNumber after) {
        return new TrustException(
                "an older spec: " + SpecNumber.of(offered) + ", and this node was told " + after + " before", null);
    }

    private NodeSpec read(String jws) throws TrustException, WireException {
        NodeSpec spec = WireJson.read(Signed.verifyCertified(Kind.SPEC, jws, trust, Services.SIGNER), NodeSpec.class);
        if (!spec.nodeId().equals(nodeId)) {
            throw new TrustException("a spec for " + spec.nodeId() + ", not for " + nodeId, null);
        }
        return spec;
    }
}
