package io.swarmctl.controller.cli;

import java.util.ArrayList;
import java.util.List;

/** Columns for people. The last one is cut where the terminal ends. */
final class Table {
    private static final String GAP = "   ";

    private final Surroundings surroundings;
    private final List<List<String>> rows = new ArrayList<>();
    private final int states;

    /** @param states the column with states, which has colours; -1 when there is none */
    Table(Surroundings surroundings, int states, String... titles) {
        this.surroundings = surroundings;
        this.states = states;
        row(titles);
    }

    void row(String... cells) {
        rows.add(List.of(cells));
    }

    /** With lines of any length, for who scrolls. */
    String uncut() {
        return lines(false);
    }

    @Override
    public String toString() {
        return lines(true);
    }

    private String lines(boolean cut) {
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            text.append(line(row, widths, cut)).append('\n');
        }
        return text.toString();
    }

    private String line(List<String> row, int[] widths, boolean cut) {
        StringBuilder line = new StringBuilder();
        int used = 0;
        for (int i = 0; i < row.size(); i++) {
            boolean last = i == row.size() - 1;
            String cell = last && cut ? cut(row.get(i), used) : row.get(i);
            line.append(i == states && row != rows.get(0) ? Colours.state(surroundings, cell) : cell);
            if (!last) {
                line.append(" ".repeat(widths[i] - cell.length())).append(GAP);
            }
            used += widths[i] + GAP.length();
        }
        return line.toString().stripTrailing();
    }

    private String cut(String cell, int used) {
        int room = surroundings.width() - used;
        return surroundings.toTerminal() && room > 1 && cell.length() > room ? cell.substring(0, room - 1) + "…" : cell;
    }
}
