package io.swarmctl.common.trust;

import io.swarmctl.common.wire.Fingerprint;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.HexFormat;

/** X.509 certificates as text and back. */
public final class Certificates {
    private static final Base64.Encoder MIME = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private Certificates() {}

    /** @throws TrustException when the bytes are no certificate */
    public static X509Certificate decode(byte[] encoded) throws TrustException {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded));
        } catch (CertificateException e) {
            throw new TrustException("not a certificate", e);
        }
    }

    /** @throws TrustException when the text is no certificate in PEM form */
    public static X509Certificate fromPem(String pem) throws TrustException {
        return decode(pem.getBytes(StandardCharsets.US_ASCII));
    }

    public static String toPem(X509Certificate certificate) {
        return "-----BEGIN CERTIFICATE-----\n" + MIME.encodeToString(encoded(certificate))
                + "\n-----END CERTIFICATE-----\n";
    }

    /** The SHA-256 of the whole certificate in 64 hexadecimal digits, as {@code openssl x509 -fingerprint} computes it. */
    public static String fingerprint(X509Certificate certificate) {
        return HexFormat.of().formatHex(Fingerprint.sha256(encoded(certificate)));
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalArgumentException("certificate without encoding", e);
        }
    }
}
