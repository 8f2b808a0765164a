package io.swarmctl.common.trust;

import org.jspecify.annotations.Nullable;

/** Something is not signed, sealed or certified as it must be. It is refused; trying again does not help. */
public final class TrustException extends Exception {
    public TrustException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
