package io.swarmctl.controller.debian;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The answers are those of {@code dpkg --compare-versions}. */
class DebianVersionTest {
    @ParameterizedTest
    @CsvSource({
        "1.0, <, 1.1",
        "1.9, <, 1.10",
        "1.0-1, <, 1.0-2",
        "1.0, <, 1:0.1",
        "1.0~rc1, <, 1.0",
        "1.0~~, <, 1.0~",
        "1.0, <, 1.0a",
        "1.0a, <, 1.0+b",
        "1.0, =, 1.00",
        "0:1.0-0, =, 1.0",
        "20.10.24+dfsg1-1+deb12u1, <, 20.10.24+dfsg1-1+deb12u1+b6",
        "1.6.20~ds1-1+deb12u2, <, 1.6.20~ds1-1+deb12u3",
        "2:1.02.185-2, <, 2:1.02.205-2",
        "3.0.22-1~deb12u2, <, 3.0.22-1",
        "123456789012345678901, <, 123456789012345678902"
    })
    void versionsAreOrderedAsDpkgOrdersThem(String one, String relation, String other) {
        int expected = relation.equals("=") ? 0 : -1;

        assertThat(Integer.signum(new DebianVersion(one).compareTo(new DebianVersion(other))))
                .isEqualTo(expected);
        assertThat(Integer.signum(new DebianVersion(other).compareTo(new DebianVersion(one))))
                .isEqualTo(-expected);
    }
}
