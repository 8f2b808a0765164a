package io.swarmctl.controller.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What docs/troubleshooting.md promises, by what is wrong. */
record Documented(String outcome, String says) {
    private static final Path PAGE = Path.of("..", "docs", "troubleshooting.md");
    private static final int COLUMNS = 4;

    static Map<String, Documented> all() throws IOException {
        Map<String, Documented> all = new LinkedHashMap<>();
        for (String line : Files.readAllLines(PAGE)) {
            List<String> cells =
                    Arrays.stream(line.split("\\|")).skip(1).map(String::strip).toList();
            boolean isRow = cells.size() == COLUMNS && cells.get(2).startsWith("`");
            if (isRow) {
                all.put(cells.get(0), new Documented(cells.get(1), cells.get(2).replace("`", "")));
            }
        }
        return all;
    }
}
