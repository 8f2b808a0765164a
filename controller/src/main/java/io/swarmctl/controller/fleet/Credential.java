package io.swarmctl.controller.fleet;

import io.swarmctl.controller.fleet.FleetException.Reason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What who knocks has to show: the image's enrolment key, or a certificate that it was given earlier. */
final class Credential {
    private static final String FORGOTTEN =
            "it holds a certificate of this fleet, but the controller does not know it; restored from an older backup?";

    private static final String ANOTHERS =
            "it holds a certificate that this fleet gave to this board: an older card, or one that is newer than the"
                    + " controller's backup";

    private Credential() {}

    /**
     * What a knock has shown.
     *
     * @param key null when it was a certificate
     * @param doubt why a person has to look at it; empty when nobody has to
     */
    record Shown(@Nullable EnrolmentKey key, String doubt) {
        boolean letsIn() {
            return doubt.isEmpty();
        }

        /** The fleet with one use less of the key. */
        Fleet used(Fleet fleet) {
            return key == null ? fleet : fleet.with(key.used());
        }
    }

    /**
     * Looks at what was shown.
     *
     * @param known the node with the board's serial; null when there is none
     * @throws FleetException when it has nothing to show, or what is not this fleet's
     */
    static Shown of(Fleet fleet, Knock knock, @Nullable FleetNode known, Instant now) throws FleetException {
        String text = knock.request().enrolmentKey();
        if (text != null) {
            EnrolmentKey key = key(fleet, text);
            return new Shown(key, doubt(fleet, key, now));
        }
        if (knock.certified()) {
            return new Shown(null, known == null ? FORGOTTEN : ANOTHERS);
        }
        throw new FleetException(
                Reason.INVALID, "no enrolment key was given", "flash the card again with the fleet's image");
    }

    private static EnrolmentKey key(Fleet fleet, String text) throws FleetException {
        return fleet.keys().values().stream()
                .filter(candidate -> EnrolmentKeyCommands.matches(candidate, text))
                .findFirst()
                .orElseThrow(() -> new FleetException(
                        Reason.UNKNOWN,
                        "the enrolment key is not one of this fleet",
                        "flash the card with an image of this fleet, or correct the key on the card"));
    }

    private static String doubt(Fleet fleet, EnrolmentKey key, Instant now) {
        if (key.revoked()) {
            return "its enrolment key was revoked";
        }
        if (key.usesLeft() < 1) {
            return "its enrolment key is used up";
        }
        if (!EnrolmentKeyCommands.usable(key, now)) {
            return "its enrolment key has expired";
        }
        return switch (fleet.policy().approval()) {
            case AUTOMATIC -> "";
            case MANUAL -> "the policy wants every node approved by a person";
        };
    }
}
