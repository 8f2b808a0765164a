package io.swarmctl.controller.api;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps pages of other origins from acting with a person's cookie. The cookie is not sent from there to begin with
 * (SameSite); this holds too where a browser gets that wrong.
 */
final class SameOrigin {
    /** What only a page of ours can send: another origin's page would have to ask first, and is not answered. */
    static final String HEADER = "X-Swarmctl";

    private static final Set<HttpMethod> READS = Set.of(HttpMethod.GET, HttpMethod.HEAD);
    private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

    private SameOrigin() {}

    /** Whether the request comes from a page of this controller's, as far as its browser tells. */
    static boolean mayRead(HttpServerRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        String origin = request.getHeader("Origin");
        return (site == null || OWN_SITES.contains(site)) && (origin == null || origin.equals(own(request)));
    }

    /** The same for a request that may change something, which has to prove it. */
    static boolean mayAct(HttpServerRequest request) {
        if (READS.contains(request.method())) {
            return mayRead(request);
        }
        return mayRead(request)
                && request.getHeader("Origin") != null
                && request.headers().contains(HEADER);
    }

    private static @Nullable String own(HttpServerRequest request) {
        HostAndPort authority = request.authority();
        return authority == null ? null : "https://" + authority;
    }
}
