package io.swarmctl.controller.api;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One end of the event bus bridge, as a browser has it. */
final class LiveSocket implements WebSocket.Listener, AutoCloseable {
    private final StringBuilder part = new StringBuilder();
    private final List<JsonObject> messages = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Boolean> closed = new CompletableFuture<>();
    private final WebSocket socket;

    private LiveSocket(HttpClient http, String url, Map<String, String> headers) throws Exception {
        WebSocket.Builder builder = http.newWebSocketBuilder();
        headers.forEach(builder::header);
        socket = builder.buildAsync(URI.create(url.replace("https", "wss") + "/live/000/test/websocket"), this)
                .get(10, TimeUnit.SECONDS);
    }

    /** @throws java.util.concurrent.ExecutionException when the server does not want it */
    static LiveSocket open(TestController controller, @Nullable String cookie, String origin) throws Exception {
        return new LiveSocket(
                new TestClient(controller).http(),
                controller.url(),
                cookie == null ? Map.of("Origin", origin) : Map.of("Origin", origin, "Cookie", cookie));
    }

    void send(JsonObject message) throws Exception {
        socket.sendText(new JsonArray().add(message.encode()).encode(), true).get(10, TimeUnit.SECONDS);
    }

    void register(String address) throws Exception {
        send(JsonObject.of("type", "register", "address", address));
    }

    /** What came on the address, in order. */
    List<JsonObject> heard(String address) {
        return messages.stream()
                .filter(message -> address.equals(message.getString("address")))
                .map(message -> message.getJsonObject("body"))
                .toList();
    }

    List<JsonObject> messages() {
        return messages;
    }

    boolean isClosed() {
        return closed.isDone();
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        part.append(data);
        if (last) {
            String frame = part.toString();
            part.setLength(0);
            if (frame.startsWith("a")) {
                new JsonArray(frame.substring(1)).forEach(message -> messages.add(new JsonObject(message.toString())));
            } else if (frame.startsWith("c")) {
                closed.complete(true);
            }
        }
        webSocket.request(1);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
        closed.complete(true);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        closed.complete(true);
    }

    @Override
    public void close() {
        socket.abort();
    }
}
