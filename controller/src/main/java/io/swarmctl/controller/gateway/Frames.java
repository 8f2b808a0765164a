package io.swarmctl.controller.gateway;

import io.swarmctl.common.wire.Services;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.parsetools.RecordParser;

/** Messages on a stream: four bytes of length, big endian, then as many of UTF-8. */
final class Frames {
    private static final int LENGTH_BYTES = 4;

    private Frames() {}

    static Buffer frame(String message) {
        Buffer content = Buffer.buffer(message);
        return Buffer.buffer(LENGTH_BYTES + content.length())
                .appendInt(content.length())
                .appendBuffer(content);
    }

    /** A handler for the stream's buffers that hands on the first message and nothing after it, or tells that the peer does not keep to this. */
    static Handler<Buffer> firstMessage(Handler<String> message, Runnable misfit) {
        RecordParser parser = RecordParser.newFixed(LENGTH_BYTES);
        boolean[] lengthKnown = {false};
        boolean[] over = {false};
        parser.handler(piece -> {
            if (over[0]) {
                return;
            }
            if (lengthKnown[0]) {
                over[0] = true;
                message.handle(piece.toString());
                return;
            }
            int length = piece.getInt(0);
            if (length < 1 || length > Services.MAX_MESSAGE_BYTES) {
                over[0] = true;
                misfit.run();
                return;
            }
            lengthKnown[0] = true;
            parser.fixedSizeMode(length);
        });
        return parser;
    }
}
