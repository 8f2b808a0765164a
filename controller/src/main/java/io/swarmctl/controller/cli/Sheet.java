package io.swarmctl.controller.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a list tells of each thing: as a table, a wide one, as CSV, or by its name alone. */
final class Sheet<T> {
    private final Function<T, String> name;
    private final List<Column<T>> columns = new ArrayList<>();

    private Sheet(Function<T, String> name) {
        this.name = name;
    }

    /**
     * @param key for programs
     * @param wide whether it is left out of the usual table
     * @param words for people
     * @param value for programs; null when there is none
     */
    private record Column<T>(
            String title,
            String key,
            boolean wide,
            boolean coloured,
            Function<T, String> words,
            Function<T, @Nullable Object> value) {}

    /** @param name what it is called, when the name alone is wanted */
    static <T> Sheet<T> of(Function<T, String> name) {
        return new Sheet<>(name);
    }

    /** The same words for people and programs. */
    Sheet<T> column(String title, Function<T, @Nullable String> text) {
        return with(title, false, false, thing -> Words.dash(text.apply(thing)), text::apply);
    }

    Sheet<T> column(String title, Function<T, String> words, Function<T, @Nullable Object> value) {
        return with(title, false, false, words, value);
    }

    Sheet<T> wide(String title, Function<T, String> words, Function<T, @Nullable Object> value) {
        return with(title, true, false, words, value);
    }

    /** A state, which has a colour. */
    Sheet<T> state(String title, Function<T, String> state) {
        return with(title, false, true, state, state::apply);
    }

    /** How long ago something was; programs get the seconds. */
    Sheet<T> age(String title, Function<T, @Nullable Long> seconds) {
        return with(title, false, false, thing -> Words.ago(seconds.apply(thing)), seconds::apply);
    }

    /** What may be longer than the line: the last column. */
    Sheet<T> text(String title, Function<T, String> text) {
        return with(title, false, false, text, text::apply);
    }

    private Sheet<T> with(
            String title,
            boolean wide,
            boolean coloured,
            Function<T, String> words,
            Function<T, @Nullable Object> value) {
        String key = title.toLowerCase(Locale.ROOT).replace(' ', '_');
        columns.add(new Column<>(title, key, wide, coloured, words, value));
        return this;
    }

    String table(Surroundings surroundings, List<T> things, boolean wide) {
        List<Column<T>> shown =
                columns.stream().filter(column -> wide || !column.wide()).toList();
        int states = -1;
        for (int i = 0; i < shown.size(); i++) {
            states = shown.get(i).coloured() ? i : states;
        }
        Table table = new Table(
                surroundings, states, shown.stream().map(Column::title).toArray(String[]::new));
        for (T thing : things) {
            table.row(shown.stream().map(column -> column.words().apply(thing)).toArray(String[]::new));
        }
        return wide ? table.uncut() : table.toString();
    }

    String names(List<T> things) {
        return Words.lines(things.stream().map(name).toList());
    }

    /** As RFC 4180 has it, but with the line ends of this world. */
    String csv(List<T> things) {
        List<String> lines = new ArrayList<>();
        lines.add(String.join(",", columns.stream().map(Column::key).toList()));
        for (T thing : things) {
            lines.add(String.join(
                    ",",
                    columns.stream()
                            .map(column -> quoted(column.value().apply(thing)))
                            .toList()));
        }
        return Words.lines(lines);
    }

    private static String quoted(@Nullable Object value) {
        String text = value == null ? "" : value.toString();
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
