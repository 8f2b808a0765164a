package io.swarmctl.controller.server;

import java.util.List;

/** A controller was given options that it cannot start with. The message says all that is wrong, a line each. */
public final class ControllerConfigException extends Exception {
    ControllerConfigException(List<String> problems) {
        super(String.join("\n", problems));
    }
}
