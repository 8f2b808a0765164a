package io.swarmctl.controller.server.faults;

import io.swarmctl.controller.fleet.Fleet;
import io.swarmctl.controller.fleet.FleetException;
import io.swarmctl.controller.fleet.FleetLoop;
import io.swarmctl.controller.fleet.FleetNode;
import io.swarmctl.controller.fleet.RoleCommands;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who wants boards to have roles, asks until it is acknowledged, and remembers what was. Used by one thread.
 */
final class Person {
    private static final String NONE = "none";

    private final Map<String, String> wanted = new HashMap<>();
    private final Map<String, Promise> promises = new HashMap<>();

    /** What may be true of a board: what was acknowledged last, and what was asked for since and not refused. */
    private static final class Promise {
        private String acknowledged = NONE;
        private final List<Asked> since = new ArrayList<>();

        /** The key of the card that was taken out; null when none was, or when the new one has come. */
        private @Nullable String keyBefore;
    }

    private record Asked(String role, CompletableFuture<Fleet> answer) {}

    void want(String serial, @Nullable String role) {
        wanted.put(serial, role == null ? NONE : role);
    }

    Map<String, String> wanted() {
        return Map.copyOf(wanted);
    }

    /** A board that comes with a new card may lose a manager's role at that moment: then nothing is broken. */
    void expectNewCard(Fleet fleet, String serial) {
        promise(serial).keyBefore = key(fleet, serial);
    }

    /** Asks for whatever is not as it is wanted, unless an answer is still to come. */
    void ask(FleetLoop loop) {
        wanted.forEach((serial, role) -> {
            boolean waits = promise(serial).since.stream()
                    .anyMatch(asked -> !asked.answer().isDone());
            boolean known = loop.fleet().node(serial).isPresent();
            if (known && !waits && !role.equals(role(loop.fleet(), serial))) {
                CompletableFuture<Fleet> answer = loop.change(
                        "person",
                        fleet -> role.equals(NONE)
                                ? RoleCommands.unassign(fleet, List.of(serial))
                                : RoleCommands.assign(fleet, role, List.of(serial)));
                promise(serial).since.add(new Asked(role, answer));
            }
        });
    }

    /** The controller is gone, and with it whatever answers it owed. */
    void loseAnswers() {
        promises.values()
                .forEach(promise -> promise.since.replaceAll(
                        asked -> asked.answer().isDone() ? asked : new Asked(asked.role(), failed())));
    }

    /** Tells what is not as it was acknowledged. */
    void check(FleetLoop loop, FaultWatch watch) {
        promises.values().forEach(Person::settle);
        // Later than the acknowledgements, so that it has to have them all.
        Fleet fleet = loop.fleet();
        for (Map.Entry<String, Promise> entry : promises.entrySet()) {
            Promise promise = entry.getValue();
            String now = role(fleet, entry.getKey());
            if (promise.keyBefore != null && !promise.keyBefore.equals(key(fleet, entry.getKey()))) {
                promise.keyBefore = null;
                promise.acknowledged = now.equals(NONE) ? NONE : promise.acknowledged;
            }
            boolean kept = now.equals(promise.acknowledged)
                    || promise.since.stream().anyMatch(asked -> asked.role().equals(now));
            if (!kept) {
                watch.note(entry.getKey() + " was acknowledged as " + promise.acknowledged + " and is " + now);
            }
        }
    }

    private static void settle(Promise promise) {
        for (Asked asked : List.copyOf(promise.since)) {
            if (asked.answer().isDone() && !asked.answer().isCompletedExceptionally()) {
                promise.acknowledged = asked.role();
                promise.since.subList(0, promise.since.indexOf(asked) + 1).clear();
            } else if (wasRefused(asked.answer())) {
                promise.since.remove(asked);
            }
        }
    }

    private static boolean wasRefused(CompletableFuture<Fleet> answer) {
        if (!answer.isCompletedExceptionally()) {
            return false;
        }
        try {
            answer.join();
            return false;
        } catch (CompletionException e) {
            return e.getCause() instanceof FleetException;
        }
    }

    private static CompletableFuture<Fleet> failed() {
        return CompletableFuture.failedFuture(new IllegalStateException("never answered"));
    }

    private Promise promise(String serial) {
        return promises.computeIfAbsent(serial, id -> new Promise());
    }

    private static String key(Fleet fleet, String serial) {
        return fleet.node(serial).map(FleetNode::publicJwk).orElse(NONE);
    }

    static String role(Fleet fleet, String serial) {
        return fleet.node(serial).map(FleetNode::role).orElse(NONE);
    }
}
