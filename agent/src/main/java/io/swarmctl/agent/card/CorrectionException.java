package io.swarmctl.agent.card;

/** A person's correction cannot be taken; the message says where it is wrong, and why. */
public final class CorrectionException extends Exception {
    CorrectionException(String message) {
        super(message);
    }
}
