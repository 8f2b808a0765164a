package io.swarmctl.agent.machine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Whom the machine trusts on the web. The Java runtime brings a list of its own, which knows nothing of a certificate
 * authority that was added to the system; apt does, and both have to reach the same servers.
 */
final class SystemTrust {
    private static final String BUNDLE = "etc/ssl/certs/ca-certificates.crt";

    private final Layout layout;

    SystemTrust(Layout layout) {
        this.layout = layout;
    }

    /** The Java runtime's own where the system has no list. */
    SSLContext context() throws IOException {
        Path bundle = layout.at(BUNDLE);
        try {
            return Files.exists(bundle) ? trusting(bundle) : SSLContext.getDefault();
        } catch (GeneralSecurityException e) {
            throw new IOException("the certificates in " + bundle + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static SSLContext trusting(Path bundle) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream stream = Files.newInputStream(bundle)) {
            int number = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(stream)) {
                store.setCertificateEntry(String.valueOf(number++), certificate);
            }
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
