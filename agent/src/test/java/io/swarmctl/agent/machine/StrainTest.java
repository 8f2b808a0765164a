package io.swarmctl.agent.machine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StrainTest {
    private final Strain strain = new Strain();

    @Test
    void whatWasSetAtSomeTimeIsTold() {
        strain.see(0);
        strain.see(0x4);
        strain.see(0x2);
        strain.see(0);
        assertThat(strain.bits()).isEqualTo(0x6);
    }

    @Test
    void whatHasBeenBeforeIsNot() {
        strain.see(0x50000);
        strain.see(0x50000);
        assertThat(strain.bits()).isZero();
    }

    @Test
    void whatWasBetweenTwoLooksIs() {
        strain.see(0x10000);
        strain.see(0x90000);
        assertThat(strain.bits()).isEqualTo(0x8);
    }

    @Test
    void whoIsNeverAnsweredCannotTell() {
        strain.see(null);
        assertThat(strain.bits()).isNull();
    }
}
