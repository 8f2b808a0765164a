package io.swarmctl.common.trust;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.util.Base64;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.text.ParseException;
import java.util.List;

/** Signed texts: compact JWS with ES256 (RFC 7515, RFC 7518 3.4). */
public final class Signed {
    private Signed() {}

    /** A signed text together with the key that stands in its header. */
    public record SelfSigned(String text, ECPublicKey key) {}

    /** Signs for readers who know the key. */
    public static String sign(Kind kind, String text, ECPrivateKey key) {
        return sign(header(kind).build(), text, key);
    }

    /** Signs and puts the public key into the header, for readers who see it for the first time. */
    public static String signWithKey(Kind kind, String text, EcKeys keys) {
        ECKey jwk = new ECKey.Builder(Curve.P_256, keys.publicKey()).build();
        return sign(header(kind).jwk(jwk).build(), text, keys.privateKey());
    }

    /** Signs and puts the certificate into the header, for readers who know the CA. */
    public static String signWithCertificate(Kind kind, String text, ECPrivateKey key, X509Certificate certificate) {
        try {
            List<Base64> chain = List.of(Base64.encode(certificate.getEncoded()));
            return sign(header(kind).x509CertChain(chain).build(), text, key);
        } catch (CertificateEncodingException e) {
            throw new IllegalArgumentException("certificate without encoding", e);
        }
    }

    /** @throws TrustException when the text is not of that kind or not signed by that key */
    public static String verify(Kind kind, String jws, ECPublicKey key) throws TrustException {
        return verified(parse(kind, jws), key);
    }

    /**
     * Checks the signature against the key in the header, which proves no more than that the sender has it.
     *
     * @throws TrustException when the text is not of that kind or not signed so
     */
    public static SelfSigned verifyOwnKey(Kind kind, String jws) throws TrustException {
        JWSObject object = parse(kind, jws);
        if (object.getHeader().getJWK() == null) {
            throw new TrustException("no key in the signature", null);
        }
        ECPublicKey key = EcKeys.fromJwk(object.getHeader().getJWK().toJSONString());
        return new SelfSigned(verified(object, key), key);
    }

    /**
     * Checks the signature, and that its certificate comes from the fleet's CA and bears that name.
     *
     * @throws TrustException when one of it is not so
     */
    public static String verifyCertified(Kind kind, String jws, FleetTrust trust, String name) throws TrustException {
        JWSObject object = parse(kind, jws);
        List<Base64> chain = object.getHeader().getX509CertChain();
        if (chain == null || chain.size() != 1) {
            throw new TrustException("no certificate in the signature", null);
        }
        X509Certificate certificate = Certificates.decode(chain.get(0).decode());
        trust.check(certificate, name);
        if (!(certificate.getPublicKey() instanceof ECPublicKey key)) {
            throw new TrustException("the signer's key is no EC key", null);
        }
        return verified(object, key);
    }

    private static JWSHeader.Builder header(Kind kind) {
        return new JWSHeader.Builder(JWSAlgorithm.ES256).type(new JOSEObjectType(kind.typ()));
    }

    private static String sign(JWSHeader header, String text, ECPrivateKey key) {
        try {
            JWSObject object = new JWSObject(header, new Payload(text));
            object.sign(new Es256.Signer(key));
            return object.serialize();
        } catch (JOSEException e) {
            throw new IllegalArgumentException("key does not sign with ES256", e);
        }
    }

    private static JWSObject parse(Kind kind, String jws) throws TrustException {
        try {
            JWSObject object = JWSObject.parse(jws);
            JOSEObjectType type = object.getHeader().getType();
            if (type == null || !type.getType().equals(kind.typ())) {
                throw new TrustException("signed as " + type + ", not as " + kind.typ(), null);
            }
            return object;
        } catch (ParseException e) {
            throw new TrustException("not a signed text", e);
        }
    }

    private static String verified(JWSObject object, ECPublicKey key) throws TrustException {
        try {
            if (!JWSAlgorithm.ES256.equals(object.getHeader().getAlgorithm())
                    || !object.verify(new Es256.Verifier(key))) {
                throw new TrustException("wrong signature", null);
            }
            return object.getPayload().toString();
        } catch (JOSEException | IllegalArgumentException e) {
            throw new TrustException("signature cannot be checked", e);
        }
    }
}
