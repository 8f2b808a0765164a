package io.swarmctl.controller.image.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmctl.controller.image.disk.ImageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WifiTest {
    /** The first test vector of IEEE 802.11i, H.4.3. */
    @Test
    void theKeyIsTheOneThatTheStandardSays() throws ImageException {
        assertThat(Wifi.of("IEEE", "password", "US").psk())
                .isEqualTo("f42c6fc52df0ebef9ebb4b90b38a5f902e83fe1b135a70e23aed762e9710a12e");
    }

    @Test
    void everyNameCanStandInTheKeyfile() throws ImageException {
        String keyfile = Wifi.of("a;=\né", "password", "DE").keyfile();

        assertThat(keyfile).contains("\nssid=97;59;61;10;195;169;\n").doesNotContain("password");
    }

    @ParameterizedTest
    @CsvSource({
        "'', password, DE, name has 1 to 32 bytes",
        "a name with more than thirty-two letters, password, DE, name has 1 to 32 bytes",
        "attic, short, DE, 8 to 63",
        "attic, pässword, DE, 8 to 63",
        "attic, password, '', needs its country",
        "attic, password, Germany, no country"
    })
    void impossibleWifisAreRefused(String ssid, String passphrase, String country, String why) {
        assertThatThrownBy(() -> Wifi.of(ssid, passphrase, country)).hasMessageContaining(why);
    }
}
