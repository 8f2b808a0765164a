package io.swarmctl.controller.fleet;

import io.swarmctl.common.wire.Fingerprint;
import io.swarmctl.controller.fleet.FleetException.Reason;
import io.swarmctl.controller.text.Nearest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes, ends and recognizes enrolment keys. A key's text is {@code swk_<id>_<secret>}; only its hash is kept. */
public final class EnrolmentKeyCommands {
    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final int ID_LENGTH = 8;
    private static final int SECRET_LENGTH = 32;
    private static final Pattern TEXT =
            Pattern.compile("swk_([0-9a-z]{" + ID_LENGTH + "})_[0-9a-z]{" + SECRET_LENGTH + "}");
    private static final Duration LONGEST = Duration.ofDays(3660);
    private static final int MOST_USES = 100_000;

    private EnrolmentKeyCommands() {}

    /** A new key and its text, which exists nowhere else. */
    public record Minted(EnrolmentKey key, String text) {
        @Override
        public String toString() {
            return "Minted[" + key.id() + "]";
        }
    }

    /** @throws FleetException when it would never open anything */
    public static Minted mint(Instant now, Duration goodFor, int uses, SecureRandom random) throws FleetException {
        if (goodFor.isNegative() || goodFor.isZero() || goodFor.compareTo(LONGEST) > 0) {
            throw new FleetException(Reason.INVALID, "a key cannot expire then", "let it expire after 1m to 3660d");
        }
        if (uses < 1 || uses > MOST_USES) {
            throw new FleetException(
                    Reason.INVALID, "a key cannot have " + uses + " uses", "allow 1 to " + MOST_USES + " uses");
        }
        String id = letters(ID_LENGTH, random);
        String text = "swk_" + id + "_" + letters(SECRET_LENGTH, random);
        return new Minted(new EnrolmentKey(id, hash(text), now, now.plus(goodFor), uses, false), text);
    }

    private static String letters(int count, SecureRandom random) {
        StringBuilder letters = new StringBuilder(count);
        for (int i = 0; i < count; i++) {
            letters.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return letters.toString();
    }

    public static Transition add(Fleet fleet, EnrolmentKey key) {
        return Transition.of(fleet.with(key), "", "enrolment key " + key.id() + " created");
    }

    /** @throws FleetException when there is no such key */
    public static Transition revoke(Fleet fleet, String id) throws FleetException {
        EnrolmentKey key = fleet.keys().get(id);
        if (key == null) {
            throw new FleetException(
                    Reason.UNKNOWN,
                    "there is no enrolment key " + id,
                    Nearest.didYouMean(id, fleet.keys().keySet(), "see their ids with: swarmctl enrolment list"));
        }
        if (key.revoked()) {
            return Transition.silent(fleet);
        }
        return Transition.of(fleet.with(key.revoke()), "", "enrolment key " + id + " revoked");
    }

    /** The id in a key's text; empty when the text is no key's. */
    public static Optional<String> idOf(String text) {
        Matcher key = TEXT.matcher(text);
        return key.matches() ? Optional.of(key.group(1)) : Optional.empty();
    }

    /** Whether the text is that key's. Takes the same time whatever is wrong with it. */
    public static boolean matches(EnrolmentKey key, String text) {
        return MessageDigest.isEqual(
                hash(text).getBytes(StandardCharsets.US_ASCII), key.secretHash().getBytes(StandardCharsets.US_ASCII));
    }

    public static boolean usable(EnrolmentKey key, Instant now) {
        return !key.revoked() && key.usesLeft() > 0 && now.isBefore(key.expiresAt());
    }

    private static String hash(String text) {
        return HexFormat.of().formatHex(Fingerprint.sha256(text.getBytes(StandardCharsets.UTF_8)));
    }
}
