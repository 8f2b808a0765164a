package io.swarmctl.common.trust;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDHDecrypter;
import com.nimbusds.jose.crypto.ECDHEncrypter;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.text.ParseException;

/** Texts for one reader: compact JWE with ECDH-ES and A256GCM (RFC 7516, RFC 7518 4.6 and 5.3). */
public final class Sealed {
    private Sealed() {}

    public static String seal(String text, ECPublicKey reader) {
        try {
            JWEObject object =
                    new JWEObject(new JWEHeader(JWEAlgorithm.ECDH_ES, EncryptionMethod.A256GCM), new Payload(text));
            object.encrypt(new ECDHEncrypter(reader));
            return object.serialize();
        } catch (JOSEException e) {
            throw new IllegalArgumentException("nothing can be sealed to that key", e);
        }
    }

    /** @throws TrustException when the text was not sealed to this reader, or was changed on the way */
    public static String open(String jwe, ECPrivateKey reader) throws TrustException {
        try {
            JWEObject object = JWEObject.parse(jwe);
            object.decrypt(new ECDHDecrypter(reader));
            return object.getPayload().toString();
        } catch (ParseException | JOSEException e) {
            throw new TrustException("cannot be opened with this key", e);
        }
    }
}
