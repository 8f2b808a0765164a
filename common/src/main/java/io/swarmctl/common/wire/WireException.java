package io.swarmctl.common.wire;

import org.jspecify.annotations.Nullable;

/** What arrived is not what it should be; sending it again would not help. */
public final class WireException extends Exception {
    public WireException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
