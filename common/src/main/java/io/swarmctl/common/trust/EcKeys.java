package io.swarmctl.common.trust;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.text.ParseException;

/**
 * A key pair on the curve P-256, with which a node or a controller signs, and to which others seal.
 */
public record EcKeys(ECPublicKey publicKey, ECPrivateKey privateKey) {
    private static final String ALGORITHM = "EC";

    public static EcKeys generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(ALGORITHM);
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            return new EcKeys((ECPublicKey) pair.getPublic(), (ECPrivateKey) pair.getPrivate());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has P-256", e);
        }
    }

    /** @throws TrustException when the bytes are no X.509 and PKCS#8 encodings of EC keys */
    public static EcKeys decode(byte[] x509, byte[] pkcs8) throws TrustException {
        try {
            KeyFactory factory = KeyFactory.getInstance(ALGORITHM);
            return new EcKeys((ECPublicKey) factory.generatePublic(new X509EncodedKeySpec(x509)), (ECPrivateKey)
                    factory.generatePrivate(new PKCS8EncodedKeySpec(pkcs8)));
        } catch (GeneralSecurityException | ClassCastException e) {
            throw new TrustException("unreadable key", e);
        }
    }

    /** The public half as JWK. */
    public String publicJwk() {
        return toJwk(publicKey);
    }

    public static String toJwk(ECPublicKey key) {
        return new ECKey.Builder(Curve.P_256, key).build().toJSONString();
    }

    /** @throws TrustException when the text is no P-256 key in JWK form */
    public static ECPublicKey fromJwk(String jwk) throws TrustException {
        try {
            ECKey key = ECKey.parse(jwk);
            if (!Curve.P_256.equals(key.getCurve())) {
                throw new TrustException("a key on curve " + key.getCurve() + ", not P-256", null);
            }
            return key.toECPublicKey();
        } catch (ParseException | JOSEException e) {
            throw new TrustException("unreadable key", e);
        }
    }

    @Override
    public String toString() {
        return "EcKeys[" + toJwk(publicKey) + "]";
    }
}
