package io.swarmctl.controller.image.card;

import io.swarmctl.controller.image.disk.ImageException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A wifi that nodes are to use.
 *
 * @param psk the key that SSID and passphrase give, in hexadecimal: the passphrase itself is on no card
 * @param country two capitals: without it a Pi does not transmit
 */
public record Wifi(String ssid, String psk, String country) {
    private static final int ROUNDS = 4096;
    private static final int BITS = 256;
    private static final int LONGEST_SSID = 32;

    /** @throws ImageException when there can be no such wifi */
    public static Wifi of(String ssid, String passphrase, String country) throws ImageException {
        int length = ssid.getBytes(StandardCharsets.UTF_8).length;
        if (length < 1 || length > LONGEST_SSID) {
            throw new ImageException("a wifi's name has 1 to 32 bytes, not " + length, "check --wifi-ssid");
        }
        if (!country.matches("[A-Z]{2}")) {
            throw new ImageException(
                    country.isEmpty() ? "a wifi needs its country" : "'" + country + "' is no country",
                    "give two capitals, as --wifi-country DE");
        }
        if (!passphrase.matches("[ -~]{8,63}")) {
            throw new ImageException(
                    "this is no wifi passphrase: those have 8 to 63 plain letters", "type it as you do elsewhere");
        }
        return new Wifi(ssid, derive(ssid, passphrase), country);
    }

    private static String derive(String ssid, String passphrase) {
        try {
            PBEKeySpec spec =
                    new PBEKeySpec(passphrase.toCharArray(), ssid.getBytes(StandardCharsets.UTF_8), ROUNDS, BITS);
            return HexFormat.of()
                    .formatHex(SecretKeyFactory.getInstance("PBKDF2WithHmacSHA1")
                            .generateSecret(spec)
                            .getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK derives such keys", e);
        }
    }

    /** For NetworkManager. The name as numbers, so that every name can stand there. */
    String keyfile() {
        byte[] name = ssid.getBytes(StandardCharsets.UTF_8);
        String numbers = IntStream.range(0, name.length)
                .mapToObj(i -> (name[i] & 0xff) + ";")
                .collect(Collectors.joining());
        return String.join(
                "\n",
                "[connection]",
                "id=swarmctl-wifi",
                "uuid=" + UUID.nameUUIDFromBytes(name),
                "type=wifi",
                "",
                "[wifi]",
                "mode=infrastructure",
                "ssid=" + numbers,
                "",
                "[wifi-security]",
                "key-mgmt=wpa-psk",
                "psk=" + psk,
                "",
                "[ipv4]",
                "method=auto",
                "",
                "[ipv6]",
                "method=auto",
                "");
    }

    @Override
    public String toString() {
        return "Wifi[" + ssid + "]";
    }
}
