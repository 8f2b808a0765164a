package io.swarmctl.controller.cli;

import io.swarmctl.common.trust.Certificates;
import io.swarmctl.common.trust.TrustException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** TLS to a controller: one fleet's CA is trusted and nothing else. */
final class PinnedTls {
    /** In every controller's certificate, wherever it lives. */
    private static final String CONTROLLER_NAME = "controller.swarmctl.internal";

    private static final int DNS_NAME = 2;

    private PinnedTls() {}

    /** @throws CliException when the PEM text is no certificate */
    static void pin(HttpsURLConnection connection, String caPem) throws CliException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry("fleet-ca", Certificates.fromPem(caPem));
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(store);
            use(connection, trust.getTrustManagers());
            connection.setHostnameVerifier((host, session) -> isController(session));
        } catch (TrustException | GeneralSecurityException | IOException e) {
            throw new CliException("the pinned CA cannot be used", "log in again: swarmctl login URL", e);
        }
    }

    /** Trusts whoever answers. Only for reading a certificate that is then compared by its fingerprint. */
    static void trustAnyone(HttpsURLConnection connection) throws CliException {
        try {
            use(connection, new TrustManager[] {new Anyone()});
            connection.setHostnameVerifier((host, session) -> true);
        } catch (GeneralSecurityException e) {
            throw new CliException("this Java has no TLS", "install a complete Java 17 or newer", e);
        }
    }

    private static void use(HttpsURLConnection connection, TrustManager[] trust) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust, null);
        connection.setSSLSocketFactory(context.getSocketFactory());
    }

    /** Asked when the address does not stand in the certificate. Its chain to the pinned CA has been checked. */
    private static boolean isController(SSLSession session) {
        try {
            Certificate[] chain = session.getPeerCertificates();
            return chain.length > 0
                    && chain[0] instanceof X509Certificate certificate
                    && hasControllerName(certificate);
        } catch (SSLPeerUnverifiedException | CertificateParsingException e) {
            return false;
        }
    }

    private static boolean hasControllerName(X509Certificate certificate) throws CertificateParsingException {
        Collection<List<?>> names = certificate.getSubjectAlternativeNames();
        return names != null
                && names.stream()
                        .anyMatch(name ->
                                Integer.valueOf(DNS_NAME).equals(name.get(0)) && CONTROLLER_NAME.equals(name.get(1)));
    }

    private static final class Anyone implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
