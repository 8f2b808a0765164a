package io.swarmctl.agent.link;

import io.swarmctl.common.trust.TrustException;
import io.swarmctl.common.wire.NodeSpec;
import io.swarmctl.common.wire.WireException;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last good spec on the node's disk, and beside it its number: a node whose spec was damaged does not go back to an
 * older one either. Used by one thread at a time.
 */
final class KeptSpec {
    private static final Logger LOG = LoggerFactory.getLogger(KeptSpec.class);
    private static final String SPEC = "spec.jws";
    private static final String NUMBER = "spec.number";

    private final StateDirectory state;
    private SpecNumber last = SpecNumber.NONE;

    KeptSpec(StateDirectory state) {
        this.state = state;
    }

    /** A spec as it was signed, and what it says. */
    record Good(String jws, NodeSpec spec) {}

    /** Checks a signed spec. */
    @FunctionalInterface
    interface Check {
        NodeSpec read(String jws) throws TrustException, WireException;
    }

    /**
     * Empty when there is none, or none that can be used.
     *
     * @throws IOException when the disk cannot be read
     */
    Optional<Good> read(Check check) throws IOException {
        last = state.read(NUMBER).flatMap(SpecNumber::parse).orElse(SpecNumber.NONE);
        Optional<String> jws = state.read(SPEC);
        if (jws.isEmpty()) {
            return Optional.empty();
        }
        try {
            NodeSpec spec = check.read(jws.get());
            if (last.isAfter(SpecNumber.of(spec))) {
                throw new TrustException("it is " + SpecNumber.of(spec) + ", older than the last one " + last, null);
            }
            last = SpecNumber.of(spec);
            return Optional.of(new Good(jws.get(), spec));
        } catch (TrustException | WireException e) {
            LOG.warn(
                    "the spec kept on this node's disk ({}) is not used: {}; the controller sends another one",
                    SPEC,
                    e.getMessage());
            return Optional.empty();
        }
    }

    /** The number of the newest spec that was ever kept. */
    SpecNumber last() {
        return last;
    }

    /**
     * The spec is written first: its number alone would keep the node from taking it again. And the number is only needed
     * when the spec cannot be read one day, so it need not outlive a power cut in this moment.
     *
     * @throws IOException when the disk does not take it; then the one before is there
     */
    void write(String jws, NodeSpec spec) throws IOException {
        SpecNumber number = SpecNumber.of(spec);
        state.write(SPEC, jws);
        state.note(NUMBER, number.toString());
        last = number;
    }
}
