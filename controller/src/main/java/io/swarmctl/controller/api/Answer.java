package io.swarmctl.controller.api;

import io.swarmctl.common.wire.WireJson;
import io.vertx.core.buffer.Buffer;
import java.util.HashMap;
import java.util.Map;

/** What goes back to who asked. */
record Answer(int status, String contentType, Buffer content, Map<String, String> headers) {
    Answer {
        headers = Map.copyOf(headers);
    }

    static <T> Answer json(T value, Class<T> type) {
        return json(200, value, type);
    }

    static <T> Answer json(int status, T value, Class<T> type) {
        return new Answer(status, "application/json", Buffer.buffer(WireJson.write(value, type)), Map.of());
    }

    static Answer text(String contentType, String text) {
        return new Answer(200, contentType, Buffer.buffer(text), Map.of());
    }

    Answer with(String header, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(header, value);
        return new Answer(status, contentType, content, more);
    }
}
