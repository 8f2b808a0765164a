package io.swarmctl.controller.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts what is secret in the store, with a key that lies beside it: a copy of the database alone tells nothing.
 *
 * <p>AES-256-GCM with a random nonce; bound to the name of the field, so that no secret can be moved to another's place.
 */
final class Vault {
    private static final byte VERSION = 1;
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKey key;
    private final SecureRandom random = new SecureRandom();

    Vault(byte[] key) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("a vault's key has " + KEY_BYTES + " bytes");
        }
        this.key = new SecretKeySpec(key, "AES");
    }

    /** @throws IOException when there is no readable key in the file */
    static Vault load(Path file) throws IOException {
        byte[] key;
        try {
            key = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new IOException(
                    file + " is missing, and without it the secrets in the store cannot be read; put it back from a"
                            + " backup of the data directory",
                    e);
        }
        if (key.length != KEY_BYTES) {
            throw new IOException(file + " has " + key.length + " bytes instead of " + KEY_BYTES
                    + "; put it back from a backup of the data directory");
        }
        return new Vault(key);
    }

    /** Makes a new key and keeps it in the file. */
    static Vault create(Path file) throws IOException {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        PrivateFile.write(file, key);
        return new Vault(key);
    }

    String seal(String field, String secret) {
        return seal(field, secret.getBytes(StandardCharsets.UTF_8));
    }

    String seal(String field, byte[] secret) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] encrypted = cipher(Cipher.ENCRYPT_MODE, field, nonce).doFinal(secret);
            ByteBuffer all = ByteBuffer.allocate(1 + NONCE_BYTES + encrypted.length);
            return Base64.getEncoder()
                    .encodeToString(all.put(VERSION).put(nonce).put(encrypted).array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has AES-GCM", e);
        }
    }

    String openText(String field, String sealed) throws IOException {
        return new String(open(field, sealed), StandardCharsets.UTF_8);
    }

    /** @throws IOException when it was not sealed with this key for this field, or was changed since */
    byte[] open(String field, String sealed) throws IOException {
        try {
            ByteBuffer all = ByteBuffer.wrap(Base64.getDecoder().decode(sealed));
            if (all.remaining() <= 1 + NONCE_BYTES || all.get() != VERSION) {
                throw new IOException("the store's field " + field + " is damaged");
            }
            byte[] nonce = new byte[NONCE_BYTES];
            all.get(nonce);
            byte[] encrypted = new byte[all.remaining()];
            all.get(encrypted);
            return cipher(Cipher.DECRYPT_MODE, field, nonce).doFinal(encrypted);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException(
                    "the store's field " + field + " cannot be decrypted; store.key and the database do not belong"
                            + " together: put back both from the same backup",
                    e);
        }
    }

    private Cipher cipher(int mode, String field, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(field.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
