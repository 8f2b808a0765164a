package io.swarmctl.controller.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Map;

/** Runs the controller until it is ended. Found with {@link java.util.ServiceLoader}, so that no other command loads it. */
public interface ControllerRunner {
    /**
     * Returns the exit code when the controller has ended.
     *
     * @param flags what was given on the command line, by the names that environment and configuration file have too:
     *     {@code https-port, gateway-port, listen, data-directory, mdns} ({@code true} or {@code false}),
     *     {@code addresses, names} (with commas) and {@code config}; not checked
     * @throws IOException when it cannot run; the message says why and what to do
     */
    int run(Map<String, String> flags, PrintStream out, PrintStream err) throws IOException, InterruptedException;
}
