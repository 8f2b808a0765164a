package io.swarmctl.controller.gateway;

import com.hazelcast.client.impl.protocol.ClientMessage;
import io.swarmctl.controller.gateway.protocol.Said;
import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;

/** One connection to the bus on which any bytes can be sent. */
final class RawBus implements Closeable {
    private final Socket socket;

    RawBus(StolenCard card) throws IOException {
        this.socket = card.connect();
    }

    /** One that has said what every client says first. */
    static RawBus authenticated(StolenCard card) throws IOException {
        RawBus bus = new RawBus(card);
        bus.send(Said.stream(List.of(Said.authentication(card.terms().cluster()))));
        return bus;
    }

    void send(ClientMessage message) throws IOException {
        send(Said.bytes(message));
    }

    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** The gateway may well end the connection before all is sent. */
    void sendUntilEnded(byte[] bytes) {
        try {
            send(bytes);
        } catch (IOException e) {
            // Ended.
        }
    }

    /** Leaves as little room as the system lets for what is not read. */
    void readLittle() throws IOException {
        socket.setReceiveBufferSize(1);
    }

    /** Whether the gateway ends the connection within that time, whatever it sent before. */
    boolean isEndedWithin(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        try {
            while (true) {
                long left = (end - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    return false;
                }
                socket.setSoTimeout((int) left);
                if (socket.getInputStream().readNBytes(1).length == 0) {
                    return true;
                }
            }
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
