package io.swarmctl.controller.api;

import io.swarmctl.controller.api.view.KeysView;
import io.swarmctl.controller.api.view.KeysView.CreatedKeyView;
import io.swarmctl.controller.fleet.EnrolmentKeyCommands;
import io.swarmctl.controller.fleet.EnrolmentKeyCommands.Minted;
import io.swarmctl.controller.fleet.FleetException;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What can be asked and done about enrolment keys. */
final class KeyOperations implements Operations {
    private static final int THIRTY_DAYS = 30 * 24 * 3600;

    private final Ports ports;
    private final Changes changes;

    KeyOperations(Ports ports) {
        this.ports = ports;
        this.changes = new Changes(ports);
    }

    @Override
    public Map<String, Operation> operations() {
        return Map.of(
                "listEnrolmentKeys", this::list,
                "createEnrolmentKey", this::create,
                "revokeEnrolmentKey", this::revoke);
    }

    private Future<Answer> list(Call call) {
        return Future.succeededFuture(
                Answer.json(FleetViews.keys(ports.loop().fleet(), ports.clock().instant()), KeysView.class));
    }

    private Future<Answer> create(Call call) {
        try {
            Instant now = ports.clock().instant();
            Duration goodFor = Duration.ofSeconds(call.body().getInteger("expiresInSeconds", THIRTY_DAYS));
            int uses = call.body().getInteger("uses", 100);
            Minted minted = EnrolmentKeyCommands.mint(now, goodFor, uses, ports.random());
            return changes.make(call, fleet -> EnrolmentKeyCommands.add(fleet, minted.key()))
                    .map(done -> Answer.json(
                            201,
                            new CreatedKeyView(FleetViews.key(minted.key(), now), minted.text()),
                            CreatedKeyView.class));
        } catch (FleetException e) {
            return Future.failedFuture(e);
        }
    }

    private Future<Answer> revoke(Call call) {
        String id = call.path("key");
        return changes.answer(call, List.of(), fleet -> EnrolmentKeyCommands.revoke(fleet, id));
    }
}
