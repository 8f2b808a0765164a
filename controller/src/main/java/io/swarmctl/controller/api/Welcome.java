package io.swarmctl.controller.api;

import io.swarmctl.common.trust.Certificates;
import io.swarmctl.common.wire.Fingerprint;
import io.vertx.core.Handler;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * A page for people who open the controller in a browser: what this is, and how to log in on the command line. It also
 * stands in for a dashboard that was not built.
 */
final class Welcome implements Handler<RoutingContext> {
    private static final Pattern HOST = Pattern.compile("[0-9A-Za-z._:\\[\\]-]{1,255}");

    private final String page;
    private final String contentPolicy;

    Welcome(Identity identity) {
        String raw = read();
        String style = raw.substring(raw.indexOf("<style>") + "<style>".length(), raw.indexOf("</style>"));
        String hash = Base64.getEncoder().encodeToString(Fingerprint.sha256(style.getBytes(StandardCharsets.UTF_8)));
        contentPolicy = "default-src 'none'; style-src 'sha256-" + hash
                + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        page = raw.replace("@FINGERPRINT@", Certificates.fingerprint(identity.ca()));
    }

    private static String read() {
        try (InputStream html = Welcome.class.getResourceAsStream("welcome.html")) {
            if (html == null) {
                throw new IllegalStateException("welcome.html is not in the jar");
            }
            return new String(html.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void handle(RoutingContext context) {
        HostAndPort authority = context.request().authority();
        String host = authority == null ? "" : authority.toString();
        String address = HOST.matcher(host).matches() ? "https://" + host : "URL";
        context.response()
                .putHeader("Content-Type", "text/html; charset=utf-8")
                .putHeader("Content-Security-Policy", contentPolicy)
                .end(page.replace("@ADDRESS@", address));
    }
}
