package io.swarmctl.controller.cli;

/** Colours for states. They only repeat what the word says. */
final class Colours {
    private static final String GREEN = "32";
    private static final String RED = "31";
    private static final String YELLOW = "33";
    private static final String CYAN = "36";

    private Colours() {}

    static String state(Surroundings surroundings, String state) {
        String colour = switch (state) {
            case "good", "ready", "usable" -> GREEN;
            case "failed", "blocked", "half-written", "silent" -> RED;
            case "pending", "new" -> YELLOW;
            case "working", "waiting", "rebooting" -> CYAN;
            default -> "";
        };
        return colour.isEmpty() || !surroundings.colours() ? state : "\u001b[" + colour + "m" + state + "\u001b[0m";
    }
}
