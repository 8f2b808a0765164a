package io.swarmctl.controller.fleet;

import static io.swarmctl.controller.fleet.ExampleNodes.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.swarmctl.controller.fleet.EnrolmentKeyCommands.Minted;
import java.security.SecureRandom;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class EnrolmentKeyCommandsTest {
    private final SecureRandom random = new SecureRandom();

    @Test
    void aKeyIsRecognizedByItsTextAlone() throws FleetException {
        Minted minted = mint();

        assertThat(minted.text()).matches("swk_[0-9a-hjkmnp-tv-z]{8}_[0-9a-hjkmnp-tv-z]{32}");
        assertThat(EnrolmentKeyCommands.idOf(minted.text()))
                .contains(minted.key().id());
        assertThat(EnrolmentKeyCommands.matches(minted.key(), minted.text())).isTrue();
        assertThat(EnrolmentKeyCommands.matches(minted.key(), minted.text() + "0"))
                .isFalse();
        assertThat(EnrolmentKeyCommands.matches(minted.key(), mint().text())).isFalse();
        assertThat(EnrolmentKeyCommands.idOf("swk_short")).isEmpty();
    }

    @Test
    void nothingThatIsKeptGivesTheTextAway() throws FleetException {
        Minted minted = mint();
        String secret = minted.text().substring(minted.text().lastIndexOf('_') + 1);

        Transition added = EnrolmentKeyCommands.add(Fleet.empty("f"), minted.key());

        assertThat(added.toString() + minted).doesNotContain(secret);
    }

    @Test
    void aKeyOpensUntilItExpiresIsUsedUpOrRevoked() throws FleetException {
        EnrolmentKey key = mint().key();

        assertThat(EnrolmentKeyCommands.usable(key, NOW)).isTrue();
        assertThat(EnrolmentKeyCommands.usable(key, NOW.plus(Duration.ofDays(30))))
                .isFalse();
        assertThat(EnrolmentKeyCommands.usable(key.used().used(), NOW)).isFalse();
        assertThat(EnrolmentKeyCommands.usable(key.revoke(), NOW)).isFalse();
    }

    @Test
    void revokingIsHarmlessWhenRepeated() throws FleetException {
        EnrolmentKey key = mint().key();
        Fleet fleet = Fleet.empty("f").with(key);

        Fleet revoked = EnrolmentKeyCommands.revoke(fleet, key.id()).fleet();

        assertThat(revoked.keys().get(key.id()).revoked()).isTrue();
        assertThat(EnrolmentKeyCommands.revoke(revoked, key.id()).notes()).isEmpty();
        assertThatExceptionOfType(FleetException.class)
                .isThrownBy(() -> EnrolmentKeyCommands.revoke(fleet, "nosuchid"));
    }

    @Test
    void keysThatOpenNothingAreNotMade() {
        assertThatExceptionOfType(FleetException.class)
                .isThrownBy(() -> EnrolmentKeyCommands.mint(NOW, Duration.ZERO, 1, random));
        assertThatExceptionOfType(FleetException.class)
                .isThrownBy(() -> EnrolmentKeyCommands.mint(NOW, Duration.ofDays(1), 0, random));
    }

    private Minted mint() throws FleetException {
        return EnrolmentKeyCommands.mint(NOW, Duration.ofDays(30), 2, random);
    }
}
