package io.swarmctl.controller.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmctl.common.plan.Quorum;
import io.swarmctl.common.wire.Action;
import io.swarmctl.controller.fleet.Preview.AffectedNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PreviewTest {
    private static final Instant NOW = Instant.parse("2026-11-01T12:00:10Z");

    private final PureFleet fleet = new PureFleet();

    @Test
    void theFirstManagersFoundTheSwarmAndJoinItOneAfterTheOther() throws FleetException {
        boot(4);

        Preview preview = preview(now -> RoleCommands.assign(now, "manager", List.of("pi-001", "pi-002", "pi-003")));

        assertThat(lastActions(preview))
                .containsOnly(
                        Map.entry("pi-001", "found the swarm"),
                        Map.entry("pi-002", "join the swarm as manager"),
                        Map.entry("pi-003", "join the swarm as manager"));
        assertThat(of(preview, "pi-002").plan().waitingFor()).startsWith("pi-001 to found the swarm");
        assertThat(preview.quorumBefore()).isEqualTo(new Quorum(0, 0));
        assertThat(preview.quorumAfter()).isEqualTo(new Quorum(3, 3));
        assertThat(preview.notes())
                .extracting(Transition.Note::text)
                .contains("pi-003 is to be manager", "pi-001 is chosen to found the swarm");
    }

    @Test
    void nothingIsDone() throws FleetException {
        boot(2);
        Fleet before = fleet.fleet();

        preview(now -> RoleCommands.assign(now, "manager", List.of("pi-001")));

        assertThat(fleet.fleet()).isEqualTo(before);
    }

    @Test
    void aManagerThatLosesItsRoleLeavesOnceItIsAWorker() throws FleetException {
        swarm(3, 2);

        Preview preview = preview(now -> RoleCommands.unassign(now, List.of("pi-002")));

        assertThat(lastActions(preview))
                .containsOnly(
                        Map.entry("pi-001", "make pi-002 a worker of the swarm"),
                        Map.entry("pi-002", "leave the swarm"));
        assertThat(of(preview, "pi-002").plan().waitingFor())
                .isEqualTo("another manager to make it a worker, so that it can leave the swarm");
        assertThat(preview.quorumBefore()).isEqualTo(new Quorum(3, 3));
        assertThat(preview.quorumAfter()).isEqualTo(new Quorum(2, 2));
    }

    @Test
    void aNodeThatIsForgottenIsGoneAndTheManagersDropIt() throws FleetException {
        swarm(1, 2);
        fleet.burn("serial-3");
        fleet.settle();

        Preview preview = preview(now -> NodeChange.FORGET.apply(now, List.of("pi-003")));

        assertThat(of(preview, "pi-003").gone()).isTrue();
        assertThat(of(preview, "pi-003").roleBefore()).isEqualTo("worker");
        assertThat(lastActions(preview)).containsEntry("pi-001", "remove pi-003 from the swarm's list");
    }

    @Test
    void theStandingRuleIsPreviewedAsIfArrivalsHadSettled() throws FleetException {
        boot(5);

        Preview preview = preview(now -> RoleCommands.setAuto(now, 3, Duration.ofMinutes(10)));

        assertThat(preview.nodes())
                .extracting(affected -> affected.node().role())
                .containsExactly("manager", "manager", "manager", "worker", "worker");
        assertThat(preview.quorumAfter()).isEqualTo(new Quorum(3, 3));
    }

    @Test
    void whoIsNotNamedAndHasNothingNewToDoIsLeftOut() throws FleetException {
        swarm(1, 3);

        Preview preview = preview(now -> NodeCommands.rename(now, "pi-004", "attic"));

        assertThat(preview.nodes())
                .extracting(affected -> affected.node().name())
                .containsExactly("attic");
        assertThat(lastActions(preview)).containsEntry("attic", "set hostname attic");
    }

    @Test
    void whatCannotBeDoneCannotBePreviewed() {
        swarm(1, 1);

        assertThatThrownBy(() -> preview(now -> RoleCommands.assign(now, "manager", List.of("pi-002"))))
                .isInstanceOf(FleetException.class)
                .hasMessage("pi-002 is in the swarm as worker");
    }

    @Test
    void whatIsPreviewedIsWhatHappens() throws FleetException {
        boot(8);
        FleetLoop.Change change = now -> RoleCommands.setAuto(now, 3, Duration.ZERO);
        Preview preview = preview(change);

        fleet.change(change);
        fleet.settle();

        for (AffectedNode affected : preview.nodes()) {
            FleetNode now = fleet.node(affected.node().id());
            assertThat(now.role()).isEqualTo(affected.node().role());
            boolean manages = affected.plan().actions().stream()
                    .anyMatch(action -> action instanceof Action.FoundSwarm
                            || action.title().endsWith("as manager"));
            assertThat(fleet.facts(now.id()).swarm().manager()).isEqualTo(manages);
        }
        assertThat(preview.nodes()).hasSize(8);
        assertThat(preview.quorumAfter()).isEqualTo(new Quorum(3, 3));
    }

    private Preview preview(FleetLoop.Change change) throws FleetException {
        return Preview.of(fleet.fleet(), change.apply(fleet.fleet()), NOW);
    }

    private void boot(int boards) {
        IntStream.rangeClosed(1, boards).forEach(i -> fleet.boot("serial-" + i));
        fleet.settle();
    }

    private void swarm(int managers, int workers) {
        boot(managers + workers);
        fleet.change(now -> RoleCommands.assign(now, "manager", names(1, managers)));
        fleet.change(now -> RoleCommands.assign(now, "worker", names(managers + 1, managers + workers)));
        fleet.settle();
    }

    private static List<String> names(int from, int to) {
        return IntStream.rangeClosed(from, to)
                .mapToObj(i -> String.format("pi-%03d", i))
                .toList();
    }

    private static AffectedNode of(Preview preview, String name) {
        return preview.nodes().stream()
                .filter(affected -> affected.node().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, String> lastActions(Preview preview) {
        return preview.nodes().stream()
                .filter(affected ->
                        affected.plan() != null && !affected.plan().actions().isEmpty())
                .collect(Collectors.toMap(affected -> affected.node().name(), affected -> {
                    List<Action> actions =
                            Objects.requireNonNull(affected.plan()).actions();
                    return actions.get(actions.size() - 1).title();
                }));
    }
}
