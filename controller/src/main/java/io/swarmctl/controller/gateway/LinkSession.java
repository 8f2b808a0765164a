package io.swarmctl.controller.gateway;

import io.swarmctl.common.wire.LinkTrial;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.function.Consumer;

/** One connection on which a node measures its way here, as {@link LinkTrial} has it. Belongs to one event loop. */
final class LinkSession implements Turns.Comer {
    private static final long WAITING_MILLIS = 2_000;

    /** For all of it, once it is the node's turn. */
    private static final long TURN_MILLIS = 40_000;

    private static final int BLOCKS_AT_ONCE = 4;
    private static final int MOST_PINGS = 100;
    private static final long NO_TIMER = -1;

    private final Vertx vertx;
    private final Context context;
    private final NetSocket socket;
    private final Consumer<String> violation;
    private final long begunAt = System.nanoTime();
    private State state = State.WAITING;
    private long timer = NO_TIMER;
    private int pings;
    private boolean down;
    private boolean up;
    private int blocks;

    /** Of the block that the node is sending: how many bytes have come. */
    private int inBlock;

    private boolean lastBlock;
    private long sendsUntil;
    private boolean sendsAgain;

    private enum State {
        /** For its turn; the node has nothing to say. */
        WAITING,
        /** For the node's next wish. */
        LISTENING,
        SENDING,
        RECEIVING,
        ENDED
    }

    /**
     * To be made on the socket's event loop.
     *
     * @param violation is told when the node sent what no agent does
     */
    LinkSession(Vertx vertx, NetSocket socket, Consumer<String> violation) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.socket = socket;
        this.violation = violation;
    }

    void begin() {
        socket.handler(this::hear);
        socket.drainHandler(drained -> send());
        timer = vertx.setPeriodic(WAITING_MILLIS, fired -> keepWaiting());
    }

    @Override
    public void go() {
        context.runOnContext(now -> {
            if (state == State.WAITING) {
                state = State.LISTENING;
                vertx.cancelTimer(timer);
                timer = vertx.setTimer(TURN_MILLIS, fired -> socket.close());
                say(LinkTrial.GO);
            }
        });
    }

    @Override
    public void giveWay() {
        context.runOnContext(now -> {
            if (state == State.WAITING) {
                sendAway();
            }
        });
    }

    /** It will not be the node's turn. */
    void sendAway() {
        end();
        say(LinkTrial.FULL);
        socket.end();
    }

    /** To be called when the socket is closed. */
    void end() {
        state = State.ENDED;
        vertx.cancelTimer(timer);
    }

    private void keepWaiting() {
        if (System.nanoTime() - begunAt
                > Duration.ofSeconds(LinkTrial.LONGEST_WAIT_SECONDS).toNanos()) {
            sendAway();
        } else {
            say(LinkTrial.WAIT);
        }
    }

    private void hear(Buffer bytes) {
        int at = 0;
        while (at < bytes.length() && state != State.ENDED) {
            switch (state) {
                case LISTENING -> obey(bytes.getByte(at++));
                case RECEIVING -> at = swallow(bytes, at);
                case WAITING, SENDING -> violate("something out of turn");
                case ENDED -> {}
            }
        }
    }

    private void obey(int wish) {
        if (wish == LinkTrial.PING && ++pings <= MOST_PINGS) {
            say(LinkTrial.PING);
        } else if (wish == LinkTrial.DOWN && !down) {
            down = true;
            state = State.SENDING;
            blocks = 0;
            sendsUntil =
                    System.nanoTime() + Duration.ofMillis(LinkTrial.MOST_MILLIS).toNanos();
            send();
        } else if (wish == LinkTrial.UP && !up) {
            up = true;
            state = State.RECEIVING;
            blocks = 0;
            inBlock = 0;
        } else {
            violate("the byte " + wish);
        }
    }

    /** A few blocks, and then others have a turn on the event loop, reports and specs among them. */
    private void send() {
        for (int i = 0; i < BLOCKS_AT_ONCE && state == State.SENDING && !socket.writeQueueFull(); i++) {
            blocks++;
            boolean last = blocks == LinkTrial.MOST_BLOCKS || System.nanoTime() > sendsUntil;
            byte[] block = new byte[LinkTrial.BLOCK];
            block[0] = (byte) (last ? LinkTrial.LAST_BLOCK : LinkTrial.ANOTHER_BLOCK);
            if (last) {
                state = State.LISTENING;
            }
            socket.write(Buffer.buffer(block));
        }
        if (state == State.SENDING && !socket.writeQueueFull() && !sendsAgain) {
            sendsAgain = true;
            context.runOnContext(now -> {
                sendsAgain = false;
                send();
            });
        }
    }

    /** Up to where it was of use. */
    private int swallow(Buffer bytes, int from) {
        int at = from;
        if (inBlock == 0) {
            int first = bytes.getByte(at);
            lastBlock = first == LinkTrial.LAST_BLOCK;
            if (++blocks > LinkTrial.MOST_BLOCKS || (!lastBlock && first != LinkTrial.ANOTHER_BLOCK)) {
                violate(blocks > LinkTrial.MOST_BLOCKS ? "more than it may" : "a block that begins with " + first);
                return at;
            }
        }
        int taken = Math.min(LinkTrial.BLOCK - inBlock, bytes.length() - at);
        at += taken;
        inBlock = (inBlock + taken) % LinkTrial.BLOCK;
        if (inBlock == 0 && lastBlock) {
            state = State.LISTENING;
            say(LinkTrial.UP);
        }
        return at;
    }

    private void say(int word) {
        socket.write(Buffer.buffer(new byte[] {(byte) word}));
    }

    private void violate(String what) {
        end();
        violation.accept(what);
    }
}
