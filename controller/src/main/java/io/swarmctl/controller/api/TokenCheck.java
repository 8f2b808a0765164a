package io.swarmctl.controller.api;

import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.SecurityPolicyHandler;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.contract.Operation;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lets requests through that bring a token with the access level which their operation needs, or the cookie of a session
 * that somebody opened with such a token.
 */
final class TokenCheck implements SecurityPolicyHandler {
    private static final String KEY = "swarmctl.caller";
    private static final String BEARER = "Bearer ";

    private final AccessTokens tokens;
    private final Sessions sessions;
    private final OpenAPIContract contract;
    private final WrongTokens wrongTokens;

    TokenCheck(AccessTokens tokens, Sessions sessions, OpenAPIContract contract, WrongTokens wrongTokens) {
        this.tokens = tokens;
        this.sessions = sessions;
        this.contract = contract;
        this.wrongTokens = wrongTokens;
    }

    static Optional<Caller> caller(RoutingContext context) {
        return Optional.ofNullable(context.get(KEY));
    }

    @Override
    public void handle(RoutingContext context) {
        Operation operation = contract.findOperation(
                context.normalizedPath(), context.request().method());
        if (operation != null && OpenApi.levelFor(operation).isEmpty()) {
            context.next();
            return;
        }
        Optional<Caller> caller = authenticate(context);
        if (caller.isEmpty()) {
            return;
        }
        context.put(KEY, caller.get());
        if (operation == null || requireLevel(context, operation)) {
            context.next();
        }
    }

    /** Fails the request when it may not do that. */
    static boolean requireLevel(RoutingContext context, Operation operation) {
        Optional<Access.Level> needed = OpenApi.levelFor(operation);
        Optional<Access> access = caller(context).map(Caller::access);
        if (needed.isEmpty()
                || access.filter(given -> given.level().includes(needed.get())).isPresent()) {
            return true;
        }
        String level = NodeViews.word(needed.get());
        context.fail(Problem.of(
                403, "forbidden", "this needs access level " + level, "use a token of level " + level + " or above"));
        return false;
    }

    private Optional<Caller> authenticate(RoutingContext context) {
        String header = context.request().getHeader("Authorization");
        Optional<String> cookie = SessionCookie.shown(context.request());
        return header == null && cookie.isPresent() ? withCookie(context, cookie.get()) : withToken(context, header);
    }

    private Optional<Caller> withCookie(RoutingContext context, String cookie) {
        if (!SameOrigin.mayAct(context.request())) {
            context.fail(Problem.of(
                    403,
                    "other-origin",
                    "this does not come from the controller's own page",
                    "open the controller's own address, or send an access token instead of a cookie"));
            return Optional.empty();
        }
        Optional<Caller> caller = sessions.find(cookie)
                .flatMap(session ->
                        sessions.access(session.id()).map(access -> new Caller(access, session.token(), session)));
        if (caller.isEmpty()) {
            context.response().putHeader("Set-Cookie", SessionCookie.gone());
            refuse(context, "the session has ended");
        }
        return caller;
    }

    private Optional<Caller> withToken(RoutingContext context, @Nullable String header) {
        String address = network(context);
        Duration wait = wrongTokens.wait(address);
        if (!wait.isZero()) {
            context.response().putHeader("Retry-After", Long.toString(wait.toSeconds() + 1));
            context.fail(Problem.of(
                    429,
                    "too-many-wrong-tokens",
                    "too many wrong tokens from this address",
                    "try again in " + (wait.toSeconds() + 1) + " s"));
            return Optional.empty();
        }
        if (header == null || !header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            refuse(context, "a token is needed");
            return Optional.empty();
        }
        String token = header.substring(BEARER.length()).strip();
        Optional<Caller> caller =
                tokens.check(token).map(access -> new Caller(access, AccessTokens.fingerprint(token), null));
        if (caller.isEmpty()) {
            wrongTokens.add(address);
            refuse(context, "the token is wrong or has ended");
        }
        return caller;
    }

    private static void refuse(RoutingContext context, String why) {
        context.response().putHeader("WWW-Authenticate", "Bearer realm=\"swarmctl\"");
        context.fail(Problem.of(401, "unauthorized", why, "log in again: swarmctl login URL"));
    }

    /** The address, of IPv6 only the network: within it everybody can have any number of addresses. */
    private static String network(RoutingContext context) {
        String host = context.request().remoteAddress().hostAddress();
        if (host == null || host.indexOf(':') < 0) {
            return String.valueOf(host);
        }
        try {
            return HexFormat.of()
                    .formatHex(Arrays.copyOf(InetAddress.getByName(host).getAddress(), 8));
        } catch (java.net.UnknownHostException e) {
            return host;
        }
    }
}
