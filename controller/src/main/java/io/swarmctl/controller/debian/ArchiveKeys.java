package io.swarmctl.controller.debian;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPPublicKeyRingCollection;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureList;
import org.bouncycastle.openpgp.PGPUtil;
import org.bouncycastle.openpgp.bc.BcPGPObjectFactory;
import org.bouncycastle.openpgp.operator.bc.BcKeyFingerprintCalculator;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentVerifierBuilderProvider;
import org.jspecify.annotations.Nullable;

/** The OpenPGP keys that an archive's releases have to be signed with, one of them at least. */
public final class ArchiveKeys {
    private static final String SHIPPED = "debian-archive-keys.asc";
    private static final Set<Integer> STRONG =
            Set.of(HashAlgorithmTags.SHA256, HashAlgorithmTags.SHA384, HashAlgorithmTags.SHA512);

    private final PGPPublicKeyRingCollection rings;

    private ArchiveKeys(PGPPublicKeyRingCollection rings) {
        this.rings = rings;
    }

    /** Debian's own, which are part of this program. */
    public static ArchiveKeys ofDebian() throws DebianException {
        try (InputStream keys = ArchiveKeys.class.getResourceAsStream(SHIPPED)) {
            if (keys == null) {
                throw new IOException("this build has no " + SHIPPED);
            }
            return read(keys);
        } catch (IOException | PGPException e) {
            throw new DebianException("cannot read Debian's keys", "install swarmctl again", e);
        }
    }

    /** @param keyring as apt's keyrings are, armoured or not */
    public static ArchiveKeys of(Path keyring) throws DebianException {
        try (InputStream keys = new BufferedInputStream(Files.newInputStream(keyring))) {
            ArchiveKeys result = read(keys);
            if (result.rings.size() == 0) {
                throw new IOException("it is empty");
            }
            return result;
        } catch (IOException | PGPException e) {
            throw new DebianException(
                    keyring + " is no OpenPGP keyring: " + e.getMessage(),
                    "take one as /usr/share/keyrings/debian-archive-keyring.gpg, or leave out --keyring",
                    e);
        }
    }

    private static ArchiveKeys read(InputStream keys) throws IOException, PGPException {
        return new ArchiveKeys(
                new PGPPublicKeyRingCollection(PGPUtil.getDecoderStream(keys), new BcKeyFingerprintCalculator()));
    }

    /**
     * What was signed.
     *
     * @param signed a text with its signatures below, as {@code InRelease} files are
     * @throws DebianException when no signature is by one of these keys, or one of these did not sign this text
     */
    String verified(byte[] signed, String from) throws DebianException {
        SignedText text = SignedText.parse(signed, from);
        boolean known = false;
        for (PGPSignature signature : signatures(text, from)) {
            PGPPublicKey key = key(signature);
            if (key != null) {
                requireGood(signature, key, text, from);
                known = true;
            }
        }
        if (!known) {
            throw new DebianException(
                    from + " is not signed by a key that is known",
                    "check the mirror; for an archive of your own give its keys with --keyring FILE");
        }
        return text.content();
    }

    private static List<PGPSignature> signatures(SignedText text, String from) throws DebianException {
        byte[] armoured = text.signatures().getBytes(StandardCharsets.US_ASCII);
        try (InputStream in = PGPUtil.getDecoderStream(new ByteArrayInputStream(armoured))) {
            if (new BcPGPObjectFactory(in).nextObject() instanceof PGPSignatureList list) {
                return IntStream.range(0, list.size()).mapToObj(list::get).toList();
            }
            throw new IOException("there are no signatures");
        } catch (IOException | RuntimeException e) {
            throw new DebianException(from + " is not signed as archives are", SignedText.REMEDY, e);
        }
    }

    private @Nullable PGPPublicKey key(PGPSignature signature) {
        return rings.getPublicKey(signature.getKeyID());
    }

    private static void requireGood(PGPSignature signature, PGPPublicKey key, SignedText text, String from)
            throws DebianException {
        try {
            signature.init(new BcPGPContentVerifierBuilderProvider(), key);
            signature.update(text.signedBytes());
            if (signature.getSignatureType() == PGPSignature.CANONICAL_TEXT_DOCUMENT
                    && STRONG.contains(signature.getHashAlgorithm())
                    && signature.verify()
                    && wasValid(key, signature.getCreationTime().toInstant())) {
                return;
            }
        } catch (PGPException | RuntimeException e) {
            throw bad(from, e);
        }
        throw bad(from, null);
    }

    private static boolean wasValid(PGPPublicKey key, Instant when) {
        long seconds = key.getValidSeconds();
        Instant created = key.getCreationTime().toInstant();
        return !key.hasRevocation()
                && !when.isBefore(created)
                && (seconds == 0 || when.isBefore(created.plusSeconds(seconds)));
    }

    private static DebianException bad(String from, @Nullable Exception cause) {
        return new DebianException("the signature of " + from + " is bad", SignedText.REMEDY, cause);
    }
}
