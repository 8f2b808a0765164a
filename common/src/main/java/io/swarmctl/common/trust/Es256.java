package io.swarmctl.common.trust;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.impl.BaseJWSProvider;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.util.Base64URL;
import io.swarmctl.common.wire.Fingerprint;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.security.interfaces.ECKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.util.Set;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.math.ec.custom.sec.SecP256R1Curve;
import org.bouncycastle.util.BigIntegers;

/**
 * ECDSA with P-256 and SHA-256 (RFC 7518 3.4). BouncyCastle has the arithmetic: Java's own takes four times as long, which
 * counts on a Pi that is told something, and on a controller where a thousand say something at once.
 */
final class Es256 {
    private static final ECParameterSpec P256 = Curve.P_256.toECParameterSpec();
    private static final SecP256R1Curve CURVE = new SecP256R1Curve();

    /** One for all: it remembers multiples of the generator. */
    private static final ECDomainParameters DOMAIN = domain();

    private static final SecureRandom RANDOM = new SecureRandom();

    /** Of each of the two numbers of a signature. */
    private static final int BYTES = 32;

    private Es256() {}

    /** Signs with one key. */
    static final class Signer extends BaseJWSProvider implements JWSSigner {
        private final ECPrivateKeyParameters key;

        /** @throws IllegalArgumentException when the key is not on P-256 */
        Signer(ECPrivateKey key) {
            super(Set.of(JWSAlgorithm.ES256));
            requireP256(key);
            this.key = new ECPrivateKeyParameters(key.getS(), DOMAIN);
        }

        @Override
        public Base64URL sign(JWSHeader header, byte[] text) {
            ECDSASigner signer = new ECDSASigner();
            signer.init(true, new ParametersWithRandom(key, RANDOM));
            BigInteger[] numbers = signer.generateSignature(Fingerprint.sha256(text));
            byte[] signature = new byte[2 * BYTES];
            BigIntegers.asUnsignedByteArray(numbers[0], signature, 0, BYTES);
            BigIntegers.asUnsignedByteArray(numbers[1], signature, BYTES, BYTES);
            return Base64URL.encode(signature);
        }
    }

    /** Checks against one key. */
    static final class Verifier extends BaseJWSProvider implements JWSVerifier {
        private final ECPublicKeyParameters key;

        /** @throws IllegalArgumentException when the key is not on P-256 */
        Verifier(ECPublicKey key) {
            super(Set.of(JWSAlgorithm.ES256));
            requireP256(key);
            ECPoint point = key.getW();
            // Refuses a point that is not on the curve.
            this.key = new ECPublicKeyParameters(CURVE.createPoint(point.getAffineX(), point.getAffineY()), DOMAIN);
        }

        @Override
        public boolean verify(JWSHeader header, byte[] text, Base64URL signature) {
            byte[] bytes = signature.decode();
            if (bytes.length != 2 * BYTES) {
                return false;
            }
            ECDSASigner verifier = new ECDSASigner();
            verifier.init(false, key);
            // Refuses numbers that are not between 0 and the curve's order.
            return verifier.verifySignature(
                    Fingerprint.sha256(text),
                    BigIntegers.fromUnsignedByteArray(bytes, 0, BYTES),
                    BigIntegers.fromUnsignedByteArray(bytes, BYTES, BYTES));
        }
    }

    private static ECDomainParameters domain() {
        ECPoint generator = P256.getGenerator();
        return new ECDomainParameters(
                CURVE,
                CURVE.createPoint(generator.getAffineX(), generator.getAffineY()),
                P256.getOrder(),
                CURVE.getCofactor());
    }

    private static void requireP256(ECKey key) {
        if (!key.getParams().getCurve().equals(P256.getCurve())) {
            throw new IllegalArgumentException("a key on another curve than P-256");
        }
    }
}
