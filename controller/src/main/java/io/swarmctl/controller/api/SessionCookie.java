package io.swarmctl.controller.api;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/** How a browser shows its session. Scripts cannot read it, and pages of other origins cannot have it sent. */
final class SessionCookie {
    /** The prefix has browsers take it only from this very host, over TLS. */
    static final String NAME = "__Host-swarmctl";

    private SessionCookie() {}

    static String of(String secret) {
        return cookie(secret).setMaxAge(Sessions.LIFETIME.toSeconds()).encode();
    }

    static String gone() {
        return cookie("").setMaxAge(0).encode();
    }

    private static Cookie cookie(String value) {
        return Cookie.cookie(NAME, value)
                .setPath("/")
                .setSecure(true)
                .setHttpOnly(true)
                .setSameSite(CookieSameSite.STRICT);
    }

    static Optional<String> shown(HttpServerRequest request) {
        Cookie cookie = request.getCookie(NAME);
        return cookie == null || cookie.getValue().isEmpty() ? Optional.empty() : Optional.of(cookie.getValue());
    }
}
