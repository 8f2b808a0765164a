package io.swarmctl.agent.machine;

import java.util.ArrayList;
import java.util.List;

/** Keeps what was printed. */
final class Lines implements Output {
    private final List<String> all = new ArrayList<>();

    @Override
    public void line(String line) {
        all.add(line);
    }

    List<String> all() {
        return List.copyOf(all);
    }

    String text() {
        return String.join("\n", all);
    }
}
