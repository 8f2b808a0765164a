package io.swarmctl.controller.server;

import java.io.IOException;
import java.net.BindException;
import java.util.Locale;

/** Why a server could not begin to listen, and what a person can do about it. */
final class ListenFailure {
    private ListenFailure() {}

    /**
     * The failure in words.
     *
     * @param what listens, as "HTTPS"
     * @param option the option that sets the port
     */
    static IOException of(String what, int port, String option, IOException failure) {
        if (failure.getCause() instanceof BindException taken) {
            String why = String.valueOf(taken.getMessage()).toLowerCase(Locale.ROOT);
            return new IOException(what + " cannot listen on port " + port + remedy(why, port, option), failure);
        }
        return failure;
    }

    private static String remedy(String why, int port, String option) {
        if (why.contains("in use")) {
            return ": another program does; end it (ss -ltnp 'sport = :" + port + "' names it), or choose another port"
                    + " with --" + option;
        }
        if (why.contains("permission")) {
            return ": ports below 1024 are for root; choose another with --" + option;
        }
        return ": " + why + "; give an address of this machine with --listen";
    }
}
