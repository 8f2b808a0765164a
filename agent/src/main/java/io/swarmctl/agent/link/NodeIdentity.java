package io.swarmctl.agent.link;

import io.swarmctl.common.trust.Certificates;
import io.swarmctl.common.trust.EcKeys;
import io.swarmctl.common.trust.TrustException;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Optional;

/** The node's key pair, made on this machine and never leaving it, and what the controller gave it at enrolment. */
public final class NodeIdentity {
    private static final String KEY = "node.key";
    private static final String MEMBERSHIP = "node.crt";
    private static final String CLUSTER = "bus-cluster";

    private final StateDirectory state;
    private final EcKeys keys;

    /** What enrolment gave: who the node is, and how it joins the bus. */
    public record Credentials(String nodeId, X509Certificate certificate, String busCluster) {}

    private NodeIdentity(StateDirectory state, EcKeys keys) {
        this.state = state;
        this.keys = keys;
    }

    /**
     * Reads the node's keys, or makes them when there are none or they are damaged.
     *
     * @throws IOException when the disk does not take them
     */
    public static NodeIdentity loadOrCreate(StateDirectory state) throws IOException {
        Optional<EcKeys> stored = state.read(KEY).flatMap(NodeIdentity::decode);
        if (stored.isPresent()) {
            return new NodeIdentity(state, stored.get());
        }
        EcKeys keys = EcKeys.generate();
        Base64.Encoder base64 = Base64.getEncoder();
        state.delete(MEMBERSHIP);
        state.write(
                KEY,
                base64.encodeToString(keys.publicKey().getEncoded()) + "\n"
                        + base64.encodeToString(keys.privateKey().getEncoded()) + "\n");
        return new NodeIdentity(state, keys);
    }

    public EcKeys keys() {
        return keys;
    }

    /** What an earlier enrolment gave; empty before the first, and when it does not belong to the node's key. */
    public Optional<Credentials> credentials() throws IOException {
        Optional<String> pem = state.read(MEMBERSHIP);
        Optional<String> cluster = state.read(CLUSTER);
        if (pem.isEmpty() || cluster.isEmpty()) {
            return Optional.empty();
        }
        try {
            X509Certificate certificate = Certificates.fromPem(pem.get());
            boolean belongs = certificate.getPublicKey().equals(keys.publicKey());
            return belongs ? Optional.of(credentials(certificate, cluster.get())) : Optional.empty();
        } catch (TrustException e) {
            return Optional.empty();
        }
    }

    /** The certificate is written last: it says that the rest is there. */
    void keep(String certificatePem, String busCluster) throws IOException {
        state.write(CLUSTER, busCluster);
        state.write(MEMBERSHIP, certificatePem);
    }

    private static Credentials credentials(X509Certificate certificate, String cluster) {
        String subject = certificate.getSubjectX500Principal().getName();
        return new Credentials(subject.substring("CN=".length()), certificate, cluster.strip());
    }

    private static Optional<EcKeys> decode(String text) {
        String[] lines = text.split("\n");
        if (lines.length != 2) {
            return Optional.empty();
        }
        try {
            Base64.Decoder base64 = Base64.getDecoder();
            return Optional.of(EcKeys.decode(base64.decode(lines[0]), base64.decode(lines[1])));
        } catch (TrustException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
