package io.swarmctl.agent.machine;

import java.util.List;

/** Whom the machine asks for the addresses of names. */
final class NameServers {
    private static final String USED = "etc/resolv.conf";

    /** Where systemd's own resolver, which then stands in {@link #USED}, writes whom it asks in turn. */
    private static final String BEHIND_SYSTEMD = "run/systemd/resolve/resolv.conf";

    private static final String SYSTEMD = "127.0.0.53";

    private final Layout layout;

    NameServers(Layout layout) {
        this.layout = layout;
    }

    List<String> facts() throws MachineException {
        List<String> used = in(USED);
        return used.equals(List.of(SYSTEMD)) ? in(BEHIND_SYSTEMD) : used;
    }

    private List<String> in(String file) throws MachineException {
        return layout.text(file)
                .orElse("")
                .lines()
                .map(line -> line.strip().split("\\s+"))
                .filter(words -> words.length > 1 && words[0].equals("nameserver"))
                .map(words -> words[1])
                .toList();
    }
}
