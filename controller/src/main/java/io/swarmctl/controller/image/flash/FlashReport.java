package io.swarmctl.controller.image.flash;

import io.avaje.jsonb.Json;
import java.util.List;

/**
 * What has become of all cards.
 *
 * @param bytes of the image, unpacked
 */
@Json
public record FlashReport(String image, long bytes, List<Line> cards) {
    private static final double MILLIS = 1000.0;
    private static final double TENTHS = 10.0;

    /**
     * One card.
     *
     * @param size in bytes
     * @param state {@code good}, {@code failed}, and after Ctrl-C {@code not compared}, {@code half-written},
     *     {@code untouched}
     * @param problem why it failed
     * @param writeRate in MB/s; 0 when it was not written to its end
     * @param compareRate in MB/s; 0 when it was not read to its end
     */
    @Json
    public record Line(
            String device,
            long size,
            String model,
            String cid,
            String state,
            String problem,
            double writeSeconds,
            double writeRate,
            double compareSeconds,
            double compareRate) {}

    public FlashReport {
        cards = List.copyOf(cards);
    }

    public static FlashReport of(String image, long bytes, List<CardStanding> standings) {
        return new FlashReport(
                image, bytes, standings.stream().map(FlashReport::line).toList());
    }

    private static Line line(CardStanding card) {
        BlockDevice disk = card.target().disk();
        boolean written = card.phase() == Phase.GOOD || card.phase() == Phase.NOT_COMPARED;
        boolean compared = card.phase() == Phase.GOOD;
        return new Line(
                card.target().path().toString(),
                disk.size(),
                disk.model(),
                disk.cid(),
                card.phase().word(),
                card.problem(),
                card.writing().toMillis() / MILLIS,
                written ? tenths(card.writeRate()) : 0,
                card.comparing().toMillis() / MILLIS,
                compared ? tenths(card.compareRate()) : 0);
    }

    private static double tenths(double rate) {
        return Math.round(rate * TENTHS) / TENTHS;
    }
}
