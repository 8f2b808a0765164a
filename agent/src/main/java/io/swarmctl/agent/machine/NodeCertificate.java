package io.swarmctl.agent.machine;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a swarm certified about this node: the organization is the swarm's id, the unit the node's part in it. */
record NodeCertificate(String clusterId, boolean worker) {
    private static final String FILE = "certificates/swarm-node.crt";
    private static final Pattern ORGANIZATION = Pattern.compile("(?:^|,)O=([^,]+)");
    private static final String WORKER = "OU=swarm-worker";

    /** Empty when there is none, or a power cut tore it. */
    static Optional<NodeCertificate> in(Path swarmState) throws MachineException {
        Optional<String> pem = Layout.text(swarmState.resolve(FILE));
        if (pem.isEmpty()) {
            return Optional.empty();
        }
        try {
            X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(pem.get().getBytes(StandardCharsets.US_ASCII)));
            String subject = certificate.getSubjectX500Principal().getName();
            Matcher organization = ORGANIZATION.matcher(subject);
            return organization.find()
                    ? Optional.of(new NodeCertificate(organization.group(1), subject.contains(WORKER)))
                    : Optional.empty();
        } catch (CertificateException torn) {
            return Optional.empty();
        }
    }
}
