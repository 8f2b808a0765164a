package io.swarmctl.controller.web;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Debian's Chromium without a screen, spoken to by its own protocol (DevTools). Ends with what it was started for. */
public final class Chromium implements WebSocket.Listener, AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/bin/chromium");
    private static final String SAYS_WHERE = "DevTools listening on ";
    private static final int WAIT_SECONDS = 60;
    private static final int END_SECONDS = 10;
    private static final List<String> FLAGS = List.of(
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-extensions",
            "--hide-scrollbars",
            "--no-first-run",
            "--ignore-certificate-errors",
            "--remote-debugging-port=0");

    private final Process process;
    private final Path profile;
    private final WebSocket socket;
    private final AtomicInteger number = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonObject>> asked = new ConcurrentHashMap<>();
    private final StringBuilder part = new StringBuilder();

    private Chromium(Process process, Path profile, String address) throws Exception {
        this.process = process;
        this.profile = profile;
        this.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(URI.create(address), this)
                .get(WAIT_SECONDS, TimeUnit.SECONDS);
    }

    /** Whether there is one on this machine. */
    public static boolean isThere() {
        return Files.isExecutable(PROGRAM);
    }

    public static Chromium start() throws Exception {
        Path profile = Files.createTempDirectory("chromium");
        List<String> command = Stream.of(
                        List.of(PROGRAM.toString()), FLAGS, List.of("--user-data-dir=" + profile, "about:blank"))
                .flatMap(List::stream)
                .toList();
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return new Chromium(process, profile, address(process));
    }

    private static String address(Process process) throws IOException {
        BufferedReader said =
                new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            if (line.startsWith(SAYS_WHERE)) {
                Thread reader = new Thread(() -> said.lines().forEach(more -> {}), "chromium-says");
                reader.setDaemon(true);
                reader.start();
                return line.substring(SAYS_WHERE.length()).strip();
            }
        }
        throw new IOException("Chromium has not started");
    }

    /** A page of its own: no cookie is shared with another. */
    public Page open() {
        String context =
                call("Target.createBrowserContext", new JsonObject(), null).getString("browserContextId");
        String target = call(
                        "Target.createTarget", JsonObject.of("url", "about:blank", "browserContextId", context), null)
                .getString("targetId");
        String session = call("Target.attachToTarget", JsonObject.of("targetId", target, "flatten", true), null)
                .getString("sessionId");
        return new Page((method, parameters) -> call(method, parameters, session));
    }

    private JsonObject call(String method, JsonObject parameters, String session) {
        int id = number.incrementAndGet();
        JsonObject message = JsonObject.of("id", id, "method", method, "params", parameters);
        if (session != null) {
            message.put("sessionId", session);
        }
        CompletableFuture<JsonObject> answer = new CompletableFuture<>();
        asked.put(id, answer);
        try {
            synchronized (socket) { // one text after the other: a socket takes no two at once
                socket.sendText(message.encode(), true).get(WAIT_SECONDS, TimeUnit.SECONDS);
            }
            JsonObject said = answer.get(WAIT_SECONDS, TimeUnit.SECONDS);
            if (said.containsKey("error")) {
                throw new IllegalStateException(
                        method + ": " + said.getJsonObject("error").encode());
            }
            return said.getJsonObject("result");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(method, e);
        }
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        part.append(data);
        if (last) {
            JsonObject message = new JsonObject(part.toString());
            part.setLength(0);
            CompletableFuture<JsonObject> answer =
                    message.containsKey("id") ? asked.remove(message.getInteger("id")) : null;
            if (answer != null) {
                answer.complete(message);
            }
        }
        webSocket.request(1);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void close() throws IOException {
        socket.abort();
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        process.destroy();
        for (ProcessHandle one : all) {
            one.onExit().completeOnTimeout(one, END_SECONDS, TimeUnit.SECONDS).join();
            one.destroyForcibly();
        }
        try (Stream<Path> files = Files.walk(profile)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
