package io.swarmctl.agent.link;

import io.swarmctl.common.trust.FleetTrust;
import io.swarmctl.common.trust.TrustException;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * TLS to the gateway. The controller is known by the fleet's CA and by the logical name of the service, never by its
 * address.
 */
public final class FleetTls {
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);

    /** Where a thousand come at once, most of this is waiting for one's turn. The gateway waits as long. */
    private static final Duration HANDSHAKE_WITHIN = Duration.ofSeconds(20);

    /**
     * The agent's JVM compiles with C1 alone, which makes no use of a processor's AES instructions: this is five times as
     * fast there ({@code scripts/bench ciphers}). The gateway does not choose it by itself.
     */
    private static final String CIPHER_SUITE = "TLS_CHACHA20_POLY1305_SHA256";

    private final FleetTrust trust;

    public FleetTls(FleetTrust trust) {
        this.trust = trust;
    }

    /**
     * Connects to a service that asks for no certificate.
     *
     * @throws IOException when nobody answers there, or somebody else than the fleet's controller
     */
    public SSLSocket connect(ControllerAddress address, String service) throws IOException {
        return connect(address, service, new KeyManager[0]);
    }

    /**
     * Connects to a service that asks for the node's certificate.
     *
     * @throws IOException when nobody answers there, or somebody else than the fleet's controller
     */
    public SSLSocket connect(ControllerAddress address, String service, PrivateKey key, X509Certificate certificate)
            throws IOException {
        return connect(address, service, new NodeKeyManager(key, certificate));
    }

    private SSLSocket connect(ControllerAddress address, String service, KeyManager... keyManagers) throws IOException {
        // First of all: on a slow board this takes seconds, and whoever is connected is not waited for long.
        SSLSocketFactory sockets = context(service, keyManagers).getSocketFactory();
        Socket plain = new Socket();
        try {
            plain.connect(new InetSocketAddress(address.host(), address.port()), (int) CONNECT_WITHIN.toMillis());
            plain.setTcpNoDelay(true);
            plain.setSoTimeout((int) HANDSHAKE_WITHIN.toMillis());
            SSLSocket socket = (SSLSocket) sockets.createSocket(plain, service, address.port(), true);
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setServerNames(List.of(new SNIHostName(service)));
            parameters.setProtocols(new String[] {"TLSv1.3"});
            parameters.setCipherSuites(new String[] {CIPHER_SUITE});
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return socket;
        } catch (SSLHandshakeException e) {
            plain.close();
            throw new IOException(inWords(e), e);
        } catch (IOException e) {
            plain.close();
            throw e;
        }
    }

    private static String inWords(SSLHandshakeException failure) {
        return failure.getCause() instanceof EOFException
                ? "hangs up in the handshake: this board was too slow for it, or it is no controller"
                : "another fleet's controller, or none at all, answers there; it is passed over ("
                        + failure.getMessage() + ")";
    }

    private SSLContext context(String service, KeyManager[] keyManagers) throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(keyManagers, new TrustManager[] {new ServiceTrust(trust, service)}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("no TLS 1.3 here", e);
        }
    }

    /** Takes the fleet's certificate for one service, and no other. */
    private record ServiceTrust(FleetTrust trust, String service) implements X509TrustManager {
        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            try {
                trust.check(chain[0], service);
            } catch (TrustException e) {
                throw new CertificateException(e.getMessage(), e);
            }
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            throw new CertificateException("an agent has no clients");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[] {trust.ca()};
        }
    }
}
