package io.swarmctl.controller.web;

import io.swarmctl.common.wire.Fingerprint;
import io.swarmctl.controller.api.Sessions;
import io.swarmctl.controller.api.Site;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.HexFormat;
import java.util.Optional;

/** What a browser sees: one page, its script and its style, and the line on which it hears what changes. */
public final class Dashboard implements Site {
    /** Everything from here and nothing from elsewhere; nothing written into the page itself; in no frame. */
    private static final String CONTENT_POLICY = "default-src 'none'; script-src 'self'; style-src 'self';"
            + " connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final String FOLDER = "assets/";

    private final LiveBridge bridge;
    private final FleetFeed feed;

    public Dashboard(Vertx vertx, Sessions sessions, FleetFeed feed) {
        this.feed = feed;
        this.bridge = new LiveBridge(vertx, sessions, feed);
    }

    @Override
    public void mount(Router router) {
        bridge.mount(router);
        Optional<Assets> assets = Assets.load();
        if (assets.isPresent()) {
            Assets.Asset page = assets.get().named(Assets.PAGE).orElseThrow();
            String tag = '"'
                    + HexFormat.of().formatHex(Fingerprint.sha256(page.plain().getBytes()), 0, 8)
                    + '"';
            router.get("/").handler(context -> page(context, page, tag));
            router.get("/" + FOLDER + "*").handler(context -> file(context, assets.get()));
        }
    }

    @Override
    public Future<Void> close() {
        feed.close();
        return Future.succeededFuture();
    }

    private static void page(RoutingContext context, Assets.Asset page, String tag) {
        HttpServerResponse response = context.response()
                .putHeader("Content-Security-Policy", CONTENT_POLICY)
                .putHeader("Cross-Origin-Opener-Policy", "same-origin")
                .putHeader("Cache-Control", "no-cache")
                .putHeader("ETag", tag);
        if (tag.equals(context.request().getHeader("If-None-Match"))) {
            response.setStatusCode(304).end();
        } else {
            send(context.request(), page);
        }
    }

    /** Their names hold a hash of what is in them: they never change. */
    private static void file(RoutingContext context, Assets assets) {
        Optional<Assets.Asset> asset = assets.named(context.normalizedPath().substring(1));
        if (asset.isEmpty()) {
            context.next();
            return;
        }
        context.response().putHeader("Cache-Control", "public, max-age=31536000, immutable");
        send(context.request(), asset.get());
    }

    private static void send(HttpServerRequest request, Assets.Asset asset) {
        String accepted = request.getHeader("Accept-Encoding");
        boolean zipped = accepted != null && accepted.contains("gzip");
        HttpServerResponse response =
                request.response().putHeader("Content-Type", asset.type()).putHeader("Vary", "Accept-Encoding");
        if (zipped) {
            response.putHeader("Content-Encoding", "gzip");
        }
        response.end(zipped ? asset.zipped() : asset.plain());
    }
}
