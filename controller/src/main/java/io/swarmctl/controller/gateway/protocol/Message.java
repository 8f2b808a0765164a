package io.swarmctl.controller.gateway.protocol;

/** A whole message that may pass on, as it came. */
public final class Message {
    private final String name;
    private final byte[] bytes;

    Message(String name, byte[] bytes) {
        this.name = name;
        this.bytes = bytes;
    }

    /** Of the rule that it keeps to. */
    public String name() {
        return name;
    }

    /** Not copied: who has it may do with it as they like. */
    public byte[] bytes() {
        return bytes;
    }
}
