package io.swarmctl.controller.enrol;

import io.swarmctl.common.trust.EcKeys;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** The fleet's own certificate authority. It certifies nodes and the controller, and nobody else trusts it. */
public final class FleetCa {
    /** No end: RFC 5280, 4.1.2.5. A fleet ends when its people say so, and its first day may be one in 1970. */
    private static final Instant NEVER = Instant.parse("9999-12-31T23:59:59Z");

    private static final Duration NODE_LIFE = Duration.ofDays(365);
    /** How long a controller's certificate lasts. */
    public static final Duration CONTROLLER_LIFE = Duration.ofDays(825);

    /** Clocks differ: a certificate made just now must be good on a machine that is a little behind. */
    private static final Duration BACKDATE = Duration.ofHours(1);

    private static final int SERIAL_BITS = 120;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final EcKeys keys;
    private final X509Certificate certificate;

    /** When a certificate is good. */
    private record Dates(Date from, Date until) {
        static Dates from(Instant now, Instant until) {
            return new Dates(Date.from(now.minus(BACKDATE)), Date.from(until));
        }
    }

    public FleetCa(EcKeys keys, X509Certificate certificate) {
        this.keys = keys;
        this.certificate = certificate;
    }

    /** Makes a CA for a new fleet. */
    public static FleetCa create(String fleetId, Instant now) {
        EcKeys keys = EcKeys.generate();
        X500Name name = new X500Name("CN=swarmctl fleet " + fleetId);
        try {
            X509v3CertificateBuilder builder = builder(name, name, keys.publicKey(), Dates.from(now, NEVER));
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            return new FleetCa(keys, sign(builder, keys));
        } catch (IOException e) {
            throw new IllegalStateException("certificate could not be encoded", e);
        }
    }

    public X509Certificate certificate() {
        return certificate;
    }

    public EcKeys keys() {
        return keys;
    }

    /** Certifies a node's key; the common name is the node's id. */
    public X509Certificate certifyNode(String nodeId, PublicKey key, Instant now) {
        Dates dates = Dates.from(now, now.plus(NODE_LIFE));
        return certify(nodeId, key, dates, List.of(), KeyPurposeId.id_kp_clientAuth);
    }

    /** Certifies the controller's key for those DNS names and addresses. */
    public X509Certificate certifyController(PublicKey key, List<GeneralName> names, Instant now) {
        Dates dates = Dates.from(now, now.plus(CONTROLLER_LIFE));
        return certify("swarmctl controller", key, dates, names, KeyPurposeId.id_kp_serverAuth);
    }

    /**
     * Certifies the key that signs what nodes are told, for as long as the CA itself: what was signed may be read years
     * later, and the controller that signs may not know the time.
     */
    public X509Certificate certifySigner(PublicKey key, GeneralName name) {
        Dates dates = new Dates(certificate.getNotBefore(), certificate.getNotAfter());
        return certify("swarmctl controller", key, dates, List.of(name), KeyPurposeId.id_kp_serverAuth);
    }

    /**
     * Whether this CA certified that key as that node, be it long ago: it says who the node was, not that it may come in.
     */
    public boolean hasCertified(X509Certificate shown, String nodeId, PublicKey key) {
        try {
            shown.verify(keys.publicKey());
            return shown.getPublicKey().equals(key)
                    && new X500Name("CN=" + nodeId).equals(subject(shown))
                    && List.of(KeyPurposeId.id_kp_clientAuth.getId()).equals(shown.getExtendedKeyUsage());
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static X500Name subject(X509Certificate shown) {
        return X500Name.getInstance(shown.getSubjectX500Principal().getEncoded());
    }

    private X509Certificate certify(
            String commonName, PublicKey key, Dates dates, List<GeneralName> names, KeyPurposeId purpose) {
        X500Name issuer =
                X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
        try {
            X509v3CertificateBuilder builder = builder(issuer, new X500Name("CN=" + commonName), key, dates);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
            if (!names.isEmpty()) {
                builder.addExtension(
                        Extension.subjectAlternativeName, false, new GeneralNames(names.toArray(GeneralName[]::new)));
            }
            return sign(builder, keys);
        } catch (IOException e) {
            throw new IllegalStateException("certificate could not be encoded", e);
        }
    }

    private static X509v3CertificateBuilder builder(X500Name issuer, X500Name subject, PublicKey key, Dates dates) {
        return new JcaX509v3CertificateBuilder(
                issuer, new BigInteger(SERIAL_BITS, RANDOM), dates.from(), dates.until(), subject, key);
    }

    private static X509Certificate sign(X509v3CertificateBuilder builder, EcKeys keys) {
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.privateKey())));
        } catch (OperatorCreationException | GeneralSecurityException e) {
            throw new IllegalStateException("the CA's key does not sign", e);
        }
    }
}
