package io.swarmctl.controller.fleet;

import io.swarmctl.controller.fleet.FleetNode.Status;
import io.swarmctl.controller.fleet.SwarmStanding.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Has things happen to a fleet, by a seed; and a person who then does what the fleet says has to be done. */
final class Fate {
    private final PureFleet fleet;
    private final Random random;
    private final List<String> toCome = new ArrayList<>();
    private final List<String> there = new ArrayList<>();
    private Fleet backup;

    Fate(PureFleet fleet, Random random, int boards) {
        this.fleet = fleet;
        this.random = random;
        this.backup = fleet.fleet();
        for (int i = 1; i <= boards; i++) {
            toCome.add("serial-" + i);
        }
    }

    void standingRule(int managers) {
        fleet.change(
                current -> Transition.silent(current.with(current.policy().withAuto(new Policy.Auto(managers, 30)))));
    }

    void arrivalOrLossOfContact() {
        switch (random.nextInt(6)) {
            case 0 -> arrive();
            case 1 -> fleet.pass(Duration.ofSeconds(random.nextInt(40)));
            case 2 -> anyone().ifPresent(fleet::disconnect);
            case 3 -> anyone().ifPresent(fleet::connect);
            default -> anyone().ifPresent(fleet::step);
        }
    }

    void anything() {
        if (random.nextInt(25) == 0) {
            backup = fleet.fleet();
        } else if (random.nextInt(25) == 0) {
            restore(backup);
        } else {
            anythingButARestore();
        }
    }

    void anythingButARestore() {
        switch (random.nextInt(27)) {
            case 0 -> fleet.restart();
            case 1 -> anyone().ifPresent(this::loseCard);
            case 2, 3 -> anyone().ifPresent(serial -> person(f -> RoleCommands.assign(f, "manager", List.of(serial))));
            case 4, 5 -> anyone().ifPresent(serial -> person(f -> RoleCommands.assign(f, "worker", List.of(serial))));
            case 6 -> anyone().ifPresent(serial -> person(f -> RoleCommands.unassign(f, List.of(serial))));
            case 7 -> anyone().ifPresent(this::remove);
            case 8 -> recover();
            case 9 -> anyone().filter(fleet::hasCard).ifPresent(fleet::switchOff);
            case 10, 11 -> anyone().filter(fleet::hasCard).ifPresent(fleet::boot);
            default -> arrivalOrLossOfContact();
        }
    }

    /** Boards that the controller does not know any more knock at its door again, and a person lets them in. */
    void restore(Fleet older) {
        for (String serial : fleet.restore(older)) {
            fleet.boot(serial);
        }
    }

    /** Whoever was lost has got a new card, and all are switched on. */
    void everybodyIsThere() {
        toCome.removeIf(serial -> {
            come(serial);
            return true;
        });
        for (String serial : there) {
            fleet.boot(serial);
        }
        fleet.pass(Duration.ofMinutes(1));
    }

    /** Gives roles to those that have none, and declares a swarm lost that does not come back by itself. */
    void aPersonSetsItRight() {
        for (int round = 0; round < 12; round++) {
            fleet.settle();
            // Managers' lists are believed when they are older than a while.
            fleet.pass(Duration.ofMinutes(5));
            fleet.settle();
            boolean removing =
                    fleet.fleet().nodes().values().stream().anyMatch(node -> node.status() == Status.REMOVING);
            if (removing) {
                fleet.fleet().nodes().values().stream()
                        .filter(node -> node.status() == Status.REMOVING)
                        .forEach(node -> person(f -> NodeCommands.remove(f, node.id(), true)));
            }
            there.forEach(serial -> {
                if (fleet.fleet().node(serial).isEmpty()) {
                    fleet.boot(serial);
                }
            });
            if (!giveRoles() && !removing) {
                State state = SwarmStanding.of(fleet.fleet()).state();
                if (state == State.WORKING) {
                    return;
                }
                recover();
            }
        }
        throw new AssertionError("a person cannot set it right:\n" + fleet.describe());
    }

    /** Those that manage the swarm first, or somebody when nobody is to; whether there was something to do. */
    private boolean giveRoles() {
        List<FleetNode> without = fleet.fleet().enrolled().stream()
                .filter(node -> node.role() == null)
                .toList();
        if (without.isEmpty() && fleet.fleet().enrolled().stream().noneMatch(RoleRules::isManager)) {
            person(f -> RoleCommands.assign(f, "manager", List.of(there.get(0))));
            return true;
        }
        for (FleetNode node : without) {
            if (Members.manages(node)) {
                person(f -> RoleCommands.assign(f, "manager", List.of(node.id())));
            }
        }
        for (FleetNode node : without) {
            boolean headless = fleet.fleet().enrolled().stream().noneMatch(RoleRules::isManager);
            String role = headless ? "manager" : "worker";
            if (fleet.node(node.id()).role() == null) {
                person(f -> RoleCommands.assign(f, role, List.of(node.id())));
            }
        }
        return !without.isEmpty();
    }

    private void recover() {
        SwarmCommands.Recovery recovery;
        try {
            recovery = SwarmCommands.preview(fleet.fleet(), null);
        } catch (FleetException noManager) {
            return;
        }
        person(f -> SwarmCommands.recover(f, null, recovery.founderEpoch()));
    }

    private void remove(String serial) {
        boolean force = random.nextBoolean();
        if (fleet.fleet().node(serial).isPresent()) {
            person(f -> NodeCommands.remove(f, serial, force));
            if (fleet.fleet().node(serial).isEmpty()) {
                fleet.disconnect(serial);
            }
        }
    }

    private void loseCard(String serial) {
        if (fleet.hasCard(serial)) {
            fleet.burn(serial);
        }
    }

    private void person(FleetLoop.Change change) {
        try {
            fleet.attempt(change);
        } catch (FleetException refused) {
            // A person is told why, and tries something else.
        }
    }

    private void arrive() {
        if (!toCome.isEmpty()) {
            come(toCome.remove(random.nextInt(toCome.size())));
        } else {
            anyone().filter(serial ->
                            !fleet.hasCard(serial) || fleet.fleet().node(serial).isEmpty())
                    .ifPresent(fleet::boot);
        }
    }

    private void come(String serial) {
        fleet.boot(serial);
        there.add(serial);
    }

    private Optional<String> anyone() {
        return there.isEmpty() ? Optional.empty() : Optional.of(there.get(random.nextInt(there.size())));
    }
}
