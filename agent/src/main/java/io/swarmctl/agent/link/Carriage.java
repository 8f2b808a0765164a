package io.swarmctl.agent.link;

import static io.swarmctl.agent.link.Callers.quietlyClose;

import java.io.IOException;
import java.net.Socket;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One call on its way through a connection to the gateway. */
final class Carriage {
    private static final Logger LOG = LoggerFactory.getLogger(Carriage.class);
    private static final int BUFFER_BYTES = 16 * 1024;

    private final Socket gateway;
    private final Reception reception;

    /** Written before the call is carried; whoever ends it may do so earlier. */
    private volatile @Nullable Socket client;

    /** Set by this side's threads when it is not the gateway that ends. */
    private volatile boolean endedHere;

    Carriage(Socket gateway, Reception reception) {
        this.gateway = gateway;
        this.reception = reception;
    }

    /** Any thread may call it. */
    void end() {
        endedHere = true;
        quietlyClose(gateway);
        Socket caller = client;
        if (caller != null) {
            quietlyClose(caller);
        }
    }

    /** Until either side ends; both are closed then. */
    void carry(Callers.Call call) throws InterruptedException {
        Socket caller = call.socket();
        client = caller;
        Thread down = new Thread(() -> listen(caller), "tunnel-down");
        down.setDaemon(true);
        down.start();
        try {
            gateway.getOutputStream().write(call.said().array(), 0, call.said().limit());
            byte[] buffer = new byte[BUFFER_BYTES];
            int read = read(caller, buffer);
            while (read >= 0) {
                gateway.getOutputStream().write(buffer, 0, read);
                read = read(caller, buffer);
            }
            end();
        } catch (IOException e) {
            // What the gateway has to say to that is heard by the other thread, which ends both.
            LOG.debug("the gateway takes no more: {}", e.getMessage());
        }
        down.join();
    }

    private void listen(Socket caller) {
        boolean heard = false;
        byte[] buffer = new byte[BUFFER_BYTES];
        try {
            int read = read(gateway, buffer);
            while (read >= 0) {
                if (!heard) {
                    heard = true;
                    reception.welcomed();
                }
                caller.getOutputStream().write(buffer, 0, read);
                read = read(gateway, buffer);
            }
            if (!heard && !endedHere) {
                reception.turnedAway();
            }
        } catch (IOException e) {
            LOG.debug("the caller takes no more: {}", e.getMessage());
        } finally {
            end();
        }
    }

    /** A connection that breaks has ended, too. */
    private static int read(Socket from, byte[] buffer) {
        try {
            return from.getInputStream().read(buffer);
        } catch (IOException e) {
            LOG.debug("tunnel ended: {}", e.getMessage());
            return -1;
        }
    }
}
