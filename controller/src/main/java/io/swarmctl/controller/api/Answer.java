package io.swarmctl.controller.api;

import io.swarmctl.common.wire.WireJson;
import io.vertx.core.buffer.Buffer;

/** What goes back to who asked. */
record Answer(int status, String contentType, Buffer content) {
    static <T> Answer json(T value, Class<T> type) {
        return json(200, value, type);
    }

    static <T> Answer json(int status, T value, Class<T> type) {
        return new Answer(status, "application/json", Buffer.buffer(WireJson.write(value, type)));
    }

    static Answer text(String contentType, String text) {
        return new Answer(200, contentType, Buffer.buffer(text));
    }
}
