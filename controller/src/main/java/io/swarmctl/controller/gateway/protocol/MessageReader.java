package io.swarmctl.controller.gateway.protocol;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Takes whole messages off a stream of bytes, however it is cut, and holds each frame against the rules as soon as its
 * length is known: it never keeps more than a message that could pass, and what it was given last.
 */
public final class MessageReader {
    /** What a client says first. */
    private static final byte[] GREETING = "CP2".getBytes(StandardCharsets.US_ASCII);

    private static final String GREETING_NAME = "greeting";

    /** Length, with itself, and flags; both little endian. */
    private static final int FRAME_HEADER = 6;

    private final Candidates candidates;
    private final Kept kept = new Kept();
    private ByteBuffer given = ByteBuffer.allocate(0);
    private boolean greeted;

    /** Where the frame begins that is being read, and up to where it is wanted before it can be looked at again. */
    private int frame;

    private int wanted = GREETING.length;
    private boolean headerRead;
    private int flags;

    public MessageReader(List<Rule> rules) {
        this.candidates = new Candidates(new Conversation(rules));
    }

    /** Takes bytes that have come. Who wants little kept lets {@link #next} have all that came before. */
    public void give(byte[] bytes) {
        given = given.hasRemaining()
                ? ByteBuffer.allocate(given.remaining() + bytes.length)
                        .put(given)
                        .put(bytes)
                        .flip()
                : ByteBuffer.wrap(bytes);
    }

    /** How many bytes are kept that have not passed on. */
    public int held() {
        return kept.size() + given.remaining();
    }

    /**
     * The next whole message; empty when more bytes are needed for it.
     *
     * @throws ViolationException when what came is nothing that may pass; the reader is of no use any more then
     */
    public Optional<Message> next() throws ViolationException {
        while (kept.fill(given, wanted)) {
            if (!greeted) {
                return Optional.of(greeting());
            }
            if (!headerRead) {
                readHeader();
                continue;
            }
            Optional<Rule> kind = readContent();
            if (kind.isPresent()) {
                return Optional.of(new Message(kind.get().name(), taken(0)));
            }
        }
        return Optional.empty();
    }

    private Message greeting() throws ViolationException {
        greeted = true;
        byte[] bytes = taken(0);
        if (!Arrays.equals(bytes, GREETING)) {
            throw new ViolationException(-1, "", "a connection that does not begin with CP2");
        }
        return new Message(GREETING_NAME, bytes);
    }

    private void readHeader() throws ViolationException {
        ByteBuffer header = kept.from(frame).order(ByteOrder.LITTLE_ENDIAN);
        long length = header.getInt(0) - (long) FRAME_HEADER;
        flags = header.getShort(4) & 0xffff;
        candidates.frame(flags, length);
        headerRead = true;
        wanted = frame + FRAME_HEADER + (int) length;
    }

    /** The rule that the message keeps to, when this was its last frame. */
    private Optional<Rule> readContent() throws ViolationException {
        ByteBuffer content = kept.from(frame + FRAME_HEADER);
        Optional<Rule> complete = candidates.content(content, given);
        headerRead = false;
        frame = wanted;
        wanted = frame + FRAME_HEADER;
        return complete;
    }

    private byte[] taken(int next) {
        byte[] bytes = kept.take();
        frame = next;
        wanted = next + FRAME_HEADER;
        headerRead = false;
        return bytes;
    }
}
