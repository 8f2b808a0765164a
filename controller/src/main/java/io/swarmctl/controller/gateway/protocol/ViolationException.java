package io.swarmctl.controller.gateway.protocol;

/** A peer sent what no agent sends. Whatever came before it may pass on, nothing after it. */
public final class ViolationException extends Exception {
    private static final long serialVersionUID = 1;
    private static final int LONGEST_NAME = 40;

    /**
     * @param type the message's, or -1 when it is not known
     * @param name of the map, or whatever the message is about; empty when it is not known
     * @param reason in words, and nothing that the peer wrote
     */
    ViolationException(int type, String name, String reason) {
        super(MessageTypes.words(type) + (name.isEmpty() ? "" : " on '" + printable(name) + "'") + ": " + reason);
    }

    /** Peers choose their names: they are shown, but cannot spoil a log, a terminal or a web page. */
    private static String printable(String name) {
        String cut = name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) + "~" : name;
        return cut.replaceAll("[^A-Za-z0-9_.:/$~-]", "?");
    }
}
