package io.swarmctl.controller.cli;

import io.swarmctl.controller.image.flash.ByteCount;
import io.swarmctl.controller.image.flash.FlashReport;
import java.util.Locale;

/** What has become of cards, for people. */
final class FlashWords {
    private static final int STATES = 5;

    private FlashWords() {}

    static String of(FlashReport report, Surroundings surroundings) {
        Table table = new Table(surroundings, STATES, "DEVICE", "SIZE", "CARD", "WRITTEN", "COMPARED", "RESULT");
        for (FlashReport.Line card : report.cards()) {
            table.row(
                    card.device(),
                    new ByteCount(card.size()).toString(),
                    Words.dash(card.cid().isEmpty() ? card.model() : card.cid()),
                    pace(card.writeSeconds(), card.writeRate()),
                    pace(card.compareSeconds(), card.compareRate()),
                    card.state());
        }
        long good = report.cards().stream()
                .filter(card -> card.state().equals("good"))
                .count();
        int all = report.cards().size();
        return table + (good == all ? Words.count(all, "card") + " good\n" : good + " of " + all + " cards good\n");
    }

    private static String pace(double seconds, double rate) {
        return rate == 0 ? "-" : String.format(Locale.ROOT, "%.1f s, %.1f MB/s", seconds, rate);
    }

    /** The rest of a sentence that begins with the device. */
    static String problem(FlashReport.Line card) {
        return switch (card.state()) {
            case "failed" -> "failed: " + card.problem();
            case "half-written" -> "is half-written";
            case "not compared" -> "is written, but was not read back";
            default -> "was not written to";
        };
    }

    /** Empty when there is nothing to be done. */
    static String remedy(FlashReport.Line card) {
        return switch (card.state()) {
            case "good" -> "";
            case "failed" -> "flash it again; if it fails again, take another card or reader";
            case "half-written" -> "flash it again: it does not boot";
            case "not compared" -> "flash it again, to be sure of it";
            default -> "it is as it was";
        };
    }
}
