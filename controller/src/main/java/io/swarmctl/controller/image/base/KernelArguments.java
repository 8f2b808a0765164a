package io.swarmctl.controller.image.base;

import java.util.ArrayList;
import java.util.List;

/** The kernel's command line, {@code cmdline.txt}: words on one line. */
public record KernelArguments(List<String> words) {
    private static final String MEMORY = "cgroup_enable=memory";
    private static final String REGULATORY_DOMAIN = "cfg80211.ieee80211_regdom=";

    public KernelArguments {
        words = List.copyOf(words);
    }

    public static KernelArguments of(String line) {
        String stripped = line.strip();
        return new KernelArguments(stripped.isEmpty() ? List.of() : List.of(stripped.split("\\s+")));
    }

    /**
     * Has the next boot run a script before the rest of the system, which the script then has to start; when it fails,
     * the board boots again. What others take out when they have run theirs begins with the first {@code systemd.run}: so
     * that comes last.
     *
     * @param wifiCountry two capitals; empty to leave what there is
     */
    public KernelArguments running(String script, String wifiCountry) {
        List<String> all = new ArrayList<>(words);
        all.removeIf(word -> word.equals(MEMORY) || word.equals("cgroup_disable=memory"));
        all.add(MEMORY);
        if (!wifiCountry.isEmpty()) {
            all.removeIf(word -> word.startsWith(REGULATORY_DOMAIN));
            all.add(REGULATORY_DOMAIN + wifiCountry);
        }
        all.add("systemd.run=" + script);
        all.add("systemd.run_success_action=none");
        all.add("systemd.run_failure_action=reboot");
        all.add("systemd.unit=kernel-command-line.target");
        return new KernelArguments(all);
    }

    /** As the file has it. */
    public String line() {
        return String.join(" ", words) + "\n";
    }
}
