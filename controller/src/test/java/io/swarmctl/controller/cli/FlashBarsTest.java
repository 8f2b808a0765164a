package io.swarmctl.controller.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmctl.controller.image.flash.BlockDevice;
import io.swarmctl.controller.image.flash.BlockDevice.Attachment;
import io.swarmctl.controller.image.flash.CardStanding;
import io.swarmctl.controller.image.flash.Phase;
import io.swarmctl.controller.image.flash.Target;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FlashBarsTest {
    private static CardStanding card(String name, Phase phase, long megabytes, int seconds) {
        BlockDevice disk = new BlockDevice(
                name, "8:0", 32_000_000_000L, Attachment.USB, true, false, "Reader", "", "", Set.of(), List.of());
        return new CardStanding(
                new Target(Path.of("/dev/" + name), disk, List.of()),
                phase,
                megabytes * 1_000_000,
                3_000_000_000L,
                Duration.ofSeconds(seconds),
                Duration.ZERO,
                phase == Phase.FAILED ? "Input/output error" : "");
    }

    @Test
    void eachCardHasABarWithItsRateAndTheTimeLeft() {
        assertThat(FlashBars.bars(
                        List.of(
                                card("sda", Phase.WRITING, 1500, 75),
                                card("mmcblk0", Phase.WAITING, 0, 0),
                                card("sdb", Phase.FAILED, 12, 3),
                                card("sdc", Phase.GOOD, 3000, 99)),
                        100))
                .containsExactly(
                        "/dev/sda      writing     [##########..........]  50 %    20.0 MB/s  75 s left",
                        "/dev/mmcblk0  waiting     ",
                        "/dev/sdb      failed      Input/output error",
                        "/dev/sdc      good        ");
    }

    @Test
    void barsNeverWrapNorFillMoreThanAScreen() {
        List<CardStanding> many = IntStream.range(0, 40)
                .mapToObj(i -> card("sd" + i, i < 10 ? Phase.GOOD : Phase.WRITING, 300, 9))
                .toList();

        List<String> bars = FlashBars.bars(many, 40);

        assertThat(bars).hasSize(17).allMatch(bar -> bar.length() < 40);
        assertThat(bars.get(0)).startsWith("/dev/sd10");
        assertThat(bars.get(16)).isEqualTo("10 of 40 cards done");
    }
}
