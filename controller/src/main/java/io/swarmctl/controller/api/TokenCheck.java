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

/** Lets requests through that bring a token with the access level which their operation needs. */
final class TokenCheck implements SecurityPolicyHandler {
    private static final String KEY = "swarmctl.access";
    private static final String BEARER = "Bearer ";

    private final AccessTokens tokens;
    private final OpenAPIContract contract;
    private final WrongTokens wrongTokens;

    TokenCheck(AccessTokens tokens, OpenAPIContract contract, WrongTokens wrongTokens) {
        this.tokens = tokens;
        this.contract = contract;
        this.wrongTokens = wrongTokens;
    }

    static Optional<Access> access(RoutingContext context) {
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
        Optional<Access> access = authenticate(context);
        if (access.isEmpty()) {
            return;
        }
        context.put(KEY, access.get());
        if (operation == null || requireLevel(context, operation)) {
            context.next();
        }
    }

    /** Fails the request when it may not do that. */
    static boolean requireLevel(RoutingContext context, Operation operation) {
        Optional<Access.Level> needed = OpenApi.levelFor(operation);
        Optional<Access> access = access(context);
        if (needed.isEmpty()
                || access.filter(given -> given.level().includes(needed.get())).isPresent()) {
            return true;
        }
        String level = NodeViews.word(needed.get());
        context.fail(Problem.of(
                403, "forbidden", "this needs access level " + level, "use a token of level " + level + " or above"));
        return false;
    }

    private Optional<Access> authenticate(RoutingContext context) {
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
        String header = context.request().getHeader("Authorization");
        boolean bearer = header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length());
        Optional<Access> access =
                bearer ? tokens.check(header.substring(BEARER.length()).strip()) : Optional.empty();
        if (access.isEmpty()) {
            if (bearer) {
                wrongTokens.add(address);
            }
            context.response().putHeader("WWW-Authenticate", "Bearer realm=\"swarmctl\"");
            context.fail(Problem.of(
                    401,
                    "unauthorized",
                    bearer ? "the token is wrong or has ended" : "a token is needed",
                    "log in again: swarmctl login URL"));
        }
        return access;
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
