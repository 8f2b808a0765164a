package io.swarmctl.controller.api;

import static io.swarmctl.controller.api.NodeViews.age;
import static io.swarmctl.controller.api.NodeViews.word;

import io.swarmctl.controller.api.TokenBook.Issued;
import io.swarmctl.controller.api.view.TokensView;
import io.swarmctl.controller.api.view.TokensView.CreatedTokenView;
import io.swarmctl.controller.api.view.TokensView.TokenView;
import io.swarmctl.controller.fleet.Transition;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What can be asked and done about access tokens. */
final class TokenOperations implements Operations {
    private final WorkerExecutor blocking;
    private final Ports ports;
    private final Changes changes;

    TokenOperations(WorkerExecutor blocking, Ports ports) {
        this.blocking = blocking;
        this.ports = ports;
        this.changes = new Changes(ports);
    }

    @Override
    public Map<String, Operation> operations() {
        return Map.of("listTokens", this::list, "createToken", this::create, "revokeToken", this::revoke);
    }

    private Future<Answer> list(Call call) {
        return blocking.executeBlocking(() -> Answer.json(view(), TokensView.class), false);
    }

    private TokensView view() throws IOException {
        Instant now = ports.clock().instant();
        return new TokensView(
                now,
                ports.tokenBook().all().stream().map(token -> view(token, now)).toList());
    }

    private static TokenView view(Issued token, Instant now) {
        return new TokenView(
                token.access().name(), word(token.access().level()), token.createdAt(), age(token.createdAt(), now));
    }

    /** The timeline knows first: nobody gets a token of which nothing is told. */
    private Future<Answer> create(Call call) {
        String name = call.body().getString("name");
        Access.Level level =
                Access.Level.valueOf(call.body().getString("level", "viewer").toUpperCase(Locale.ROOT));
        return note(call, "access token " + name + " is made, of level " + word(level))
                .compose(noted -> blocking.executeBlocking(() -> created(new Access(name, level)), false));
    }

    private Answer created(Access access) throws IOException {
        Instant now = ports.clock().instant();
        Optional<String> text = ports.tokenBook().create(access, now);
        if (text.isEmpty()) {
            throw Problem.of(
                    409,
                    "conflict",
                    "there is an access token " + access.name() + " already",
                    "choose another name, or end that one first: swarmctl tokens revoke " + access.name());
        }
        return Answer.json(
                201, new CreatedTokenView(view(new Issued(access, now), now), text.get()), CreatedTokenView.class);
    }

    private Future<Answer> revoke(Call call) {
        String name = call.path("token");
        if (name.equals(call.actor())) {
            return Future.failedFuture(Problem.of(
                    409,
                    "conflict",
                    "that is the token that you use now",
                    "use another admin's, so that nobody is locked out"));
        }
        return blocking.executeBlocking(() -> revoked(name), false)
                .compose(done -> note(call, "access token " + name + " is revoked"))
                .compose(noted -> list(call));
    }

    private Boolean revoked(String name) throws IOException {
        if (!ports.tokenBook().revoke(name)) {
            throw Problem.of(404, "unknown", "there is no access token " + name, "see them: swarmctl tokens list");
        }
        return true;
    }

    private Future<Changes.Done> note(Call call, String text) {
        return changes.make(call, fleet -> new Transition(fleet, List.of(new Transition.Note("", text))));
    }
}
