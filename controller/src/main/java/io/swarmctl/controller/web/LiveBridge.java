package io.swarmctl.controller.web;

import io.swarmctl.controller.api.Sessions;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.bridge.PermittedOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.SecurityPolicyHandler;
import io.vertx.ext.web.handler.sockjs.BridgeEvent;
import io.vertx.ext.web.handler.sockjs.SockJSBridgeOptions;
import io.vertx.ext.web.handler.sockjs.SockJSHandler;
import io.vertx.ext.web.handler.sockjs.SockJSHandlerOptions;
import io.vertx.ext.web.handler.sockjs.SockJSSocket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Carries the feed to browsers that somebody has logged in with, by Vert.x's event bus bridge: one address goes out, and
 * nothing comes in. A session that ends takes its sockets with it. Belongs to the event loop that answers requests.
 */
final class LiveBridge {
    static final String PATH = "/live";

    private static final String SESSION = "swarmctl.session";
    private static final int MOST_SOCKETS = 2_000;
    private static final int MOST_OF_A_SESSION = 20;

    /** Who reads so slowly is cut off, and begins anew; all of 2,000 nodes fit. */
    private static final int MOST_QUEUED_BYTES = 8 << 20;

    private static final List<String> OTHER_TRANSPORTS = List.of("EVENT_SOURCE", "HTML_FILE", "JSON_P", "XHR");
    private static final int GONE = 3000;

    private final Vertx vertx;
    private final Sessions sessions;
    private final FleetFeed feed;

    /** With the id of the session that each belongs to. */
    private final Map<SockJSSocket, String> sockets = new HashMap<>();

    LiveBridge(Vertx vertx, Sessions sessions, FleetFeed feed) {
        this.vertx = vertx;
        this.sessions = sessions;
        this.feed = feed;
    }

    void mount(Router router) {
        SockJSHandlerOptions options =
                new SockJSHandlerOptions().setRegisterWriteHandler(false).setInsertJSESSIONID(false);
        OTHER_TRANSPORTS.forEach(options::addDisabledTransport);
        SockJSBridgeOptions bridge = new SockJSBridgeOptions()
                .setMaxAddressLength(FleetFeed.ADDRESS.length())
                .setMaxHandlersPerSocket(1)
                .addOutboundPermitted(new PermittedOptions().setAddress(FleetFeed.ADDRESS));
        router.route(PATH + "/*").handler((SecurityPolicyHandler) this::requireSession);
        router.route(PATH + "/*").subRouter(SockJSHandler.create(vertx, options).bridge(bridge, this::on));
        sessions.onEnd(this::closeOf);
    }

    private void requireSession(RoutingContext context) {
        Optional<String> session = sessions.visitor(context.request());
        if (session.isEmpty() || !HttpMethod.GET.equals(context.request().method())) {
            context.response().setStatusCode(session.isEmpty() ? 401 : 405).end();
            return;
        }
        context.put(SESSION, session.get());
        context.next();
    }

    private void on(BridgeEvent event) {
        SockJSSocket socket = event.socket();
        switch (event.type()) {
            case SOCKET_CREATED -> event.complete(open(socket));
            case SOCKET_CLOSED -> {
                forget(socket);
                event.complete(true);
            }
            case REGISTER, RECEIVE -> event.complete(mayHear(socket));
            case REGISTERED -> {
                event.complete(true);
                feed.whole(json -> tell(socket, json));
            }
            case SEND, PUBLISH -> event.complete(false);
            default -> event.complete(true);
        }
    }

    private boolean open(SockJSSocket socket) {
        String session = socket.routingContext().get(SESSION);
        long others =
                sockets.values().stream().filter(known -> known.equals(session)).count();
        if (!isOpen(session) || others >= MOST_OF_A_SESSION || sockets.size() >= MOST_SOCKETS) {
            return false;
        }
        socket.setWriteQueueMaxSize(MOST_QUEUED_BYTES);
        sockets.put(socket, session);
        feed.viewers(sockets.size());
        return true;
    }

    private boolean isOpen(@Nullable String session) {
        return session != null && sessions.access(session).isPresent();
    }

    private boolean mayHear(SockJSSocket socket) {
        boolean may = isOpen(sockets.get(socket)) && !socket.writeQueueFull();
        if (!may) {
            close(socket);
        }
        return may;
    }

    private void tell(SockJSSocket socket, String json) {
        socket.write("{\"type\":\"rec\",\"address\":\"" + FleetFeed.ADDRESS + "\",\"body\":" + json + "}");
    }

    private void closeOf(String session) {
        List<SockJSSocket> open = sockets.entrySet().stream()
                .filter(known -> known.getValue().equals(session))
                .map(Map.Entry::getKey)
                .toList();
        open.forEach(this::close);
    }

    private void close(SockJSSocket socket) {
        forget(socket);
        socket.close(GONE, "the session has ended");
    }

    private void forget(SockJSSocket socket) {
        sockets.remove(socket);
        feed.viewers(sockets.size());
    }
}
