package io.swarmctl.agent.link;

import io.swarmctl.common.trust.TrustException;
import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;

/** Says what failed on the way to a controller as one would say it to somebody who looks after the network. */
final class PlainWords {
    private PlainWords() {}

    static String of(Exception failure) {
        String message = String.valueOf(failure.getMessage());
        if (message.contains("unreachable") && !(failure instanceof NoRouteToHostException)) {
            return "cannot be reached: this board has no way there";
        }
        if (failure instanceof ConnectException && message.contains("refused")) {
            return "refuses the connection: no controller runs there, or it uses another port";
        }
        if (failure instanceof SocketTimeoutException || message.contains("timed out")) {
            return "does not answer: it is off, on another network, or a firewall is between";
        }
        if (failure instanceof UnknownHostException) {
            return "is a name that nobody on this network knows";
        }
        if (failure instanceof NoRouteToHostException) {
            return "does not answer: nothing on the network has this address now";
        }
        if (failure instanceof EOFException) {
            return "hangs up without an answer";
        }
        return failure instanceof TrustException ? "is not believed: " + message : message;
    }
}
