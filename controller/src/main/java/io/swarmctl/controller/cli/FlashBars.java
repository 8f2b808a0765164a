package io.swarmctl.controller.cli;

import io.swarmctl.controller.image.flash.CardStanding;
import io.swarmctl.controller.image.flash.Phase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Shows how far cards are: to a person a bar for each that is redrawn, else a line for each quarter. */
final class FlashBars {
    private static final int MOST_BARS = 16;
    private static final int BAR = 20;
    private static final int WHOLE = 100;
    private static final int QUARTER = 25;
    private static final long PATIENCE_NANOS = 2_000_000_000L;

    private final Surroundings surroundings;
    private final boolean redrawn;
    private final long begun = System.nanoTime();
    private final Map<String, String> quarters = new HashMap<>();
    private int lines;

    FlashBars(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.redrawn = surroundings.person() != null
                && surroundings.toTerminal()
                && !surroundings.variable("TERM").equals("dumb");
    }

    void show(List<CardStanding> cards) {
        if (redrawn) {
            redraw(cards);
        } else if (System.nanoTime() - begun > PATIENCE_NANOS) {
            cards.forEach(this::quarter);
        }
    }

    /** Nothing more will come. */
    void end(List<CardStanding> cards) {
        if (redrawn) {
            redraw(cards);
        }
    }

    private void redraw(List<CardStanding> cards) {
        StringBuilder text = new StringBuilder(lines == 0 ? "" : "\u001b[" + lines + "A\r\u001b[J");
        List<String> bars = bars(cards, surroundings.width());
        bars.forEach(bar -> text.append(bar).append('\n'));
        lines = bars.size();
        surroundings.err().print(text);
        surroundings.err().flush();
    }

    /** Those that go on come first, where there are too many for a screen. */
    static List<String> bars(List<CardStanding> cards, int width) {
        List<CardStanding> shown = new ArrayList<>(cards);
        if (cards.size() > MOST_BARS) {
            shown.removeIf(card -> card.phase().isEnd());
        }
        int hidden = Math.max(0, shown.size() - MOST_BARS);
        List<CardStanding> drawn = shown.subList(0, shown.size() - hidden);
        int names = drawn.stream().mapToInt(card -> name(card).length()).max().orElse(0);
        List<String> bars = new ArrayList<>();
        for (CardStanding card : drawn) {
            String line = String.format(
                            Locale.ROOT,
                            "%-" + names + "s  %-12s",
                            name(card),
                            card.phase().word())
                    + detail(card);
            bars.add(line.length() < width ? line : line.substring(0, Math.max(0, width - 1)));
        }
        if (drawn.size() < cards.size()) {
            long ended = cards.stream().filter(card -> card.phase().isEnd()).count();
            bars.add(ended + " of " + cards.size() + " cards done");
        }
        return bars;
    }

    private static String detail(CardStanding card) {
        if (card.phase() != Phase.WRITING && card.phase() != Phase.COMPARING) {
            return card.problem();
        }
        int full = card.percent() * BAR / WHOLE;
        return String.format(
                Locale.ROOT,
                "[%s%s] %3d %%  %6.1f MB/s  %s left",
                "#".repeat(full),
                ".".repeat(BAR - full),
                card.percent(),
                card.rate(),
                Words.span(card.left().toSeconds()));
    }

    private void quarter(CardStanding card) {
        String at = card.phase().word() + (card.phase().isEnd() ? "" : " " + card.percent() / QUARTER * QUARTER + " %");
        if (!at.equals(quarters.put(name(card), at))) {
            String pace = card.phase().isEnd() || card.rate() == 0
                    ? ""
                    : String.format(
                            Locale.ROOT,
                            ", %.1f MB/s, %s left",
                            card.rate(),
                            Words.span(card.left().toSeconds()));
            surroundings.err().println(name(card) + " " + at + pace);
        }
    }

    private static String name(CardStanding card) {
        return card.target().path().toString();
    }
}
