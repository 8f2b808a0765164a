package io.swarmctl.controller.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmctl.common.wire.EnrolmentRequest;
import io.swarmctl.common.wire.NodeState;
import io.swarmctl.common.wire.SwarmFacts;
import io.swarmctl.controller.fleet.EnrolmentKeyCommands.Minted;
import io.swarmctl.controller.fleet.FleetNode.Status;
import io.swarmctl.controller.fleet.Policy.Approval;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever knocks in whatever order, and whatever people say to it: a node is one card, and a connected one is left alone. */
class AdmissionPropertiesTest {
    private static final int SEEDS = 500;
    private static final int STEPS = 120;
    private static final List<String> SERIALS = List.of("serial-1", "serial-2", "serial-3");
    private static final int CARDS_A_SERIAL = 4;
    private static final Minted GOOD = mint(Duration.ofDays(30), 9);
    private static final Minted EXPIRED = mint(Duration.ofMinutes(1), 9);

    /** A card with its own key pair, in a board or in something that says it is one. */
    private record Card(String serial, String jwk) {}

    private Fleet fleet = Fleet.empty("test")
            .with(GOOD.key())
            .with(EXPIRED.key())
            .with(Policy.initial().withAuto(new Policy.Auto(2, 1)));
    private Instant now = ExampleNodes.NOW;
    private final List<Card> cards = new ArrayList<>();
    private final Set<Card> certified = new HashSet<>();
    private final Set<Card> connected = new HashSet<>();

    /** Keys that took a node's place without a person's word, or that nobody has made a manager since; a node that was removed begins anew. */
    private final Set<String> cameByThemselves = new HashSet<>();

    static LongStream seeds() {
        return LongStream.rangeClosed(1, SEEDS);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aNodeIsOneCardAndAConnectedOneIsLeftAlone(long seed) {
        Random random = new Random(seed);
        for (String serial : SERIALS) {
            for (int card = 0; card < CARDS_A_SERIAL; card++) {
                cards.add(new Card(serial, "{\"" + serial + "\":" + card + "}"));
            }
        }
        for (int step = 0; step < STEPS; step++) {
            String what = happen(random, cards.get(random.nextInt(cards.size())));
            enforce();
            assertHolds("seed " + seed + ", step " + step + ": " + what);
        }
    }

    private String happen(Random random, Card card) {
        now = now.plusSeconds(random.nextInt(40));
        return switch (random.nextInt(12)) {
            case 0, 1, 2, 3 -> knock(card, random);
            case 4 -> command("approve", card, NodeCommands::approve);
            case 5 -> command("refuse", card, NodeCommands::refuse);
            case 6 -> random.nextInt(3) > 0 ? report(card) : command("revoke", card, NodeCommands::revoke);
            case 7 ->
                command("remove", card, (current, name) -> NodeCommands.remove(current, name, random.nextBoolean()));
            case 8, 9 -> connect(card);
            case 10 -> random.nextBoolean() ? disconnect(card) : approval(random);
            default -> random.nextBoolean() ? plan() : makeManager(card);
        };
    }

    private String knock(Card card, Random random) {
        boolean hasCertificate = certified.contains(card);
        String key = hasCertificate
                ? null
                : List.of(GOOD.text(), GOOD.text(), EXPIRED.text()).get(random.nextInt(3));
        Optional<FleetNode> before = fleet.node(card.serial());
        change(current -> Admission.admit(current, new Knock(request(card, key), card.jwk(), hasCertificate), now));
        Optional<FleetNode> after = fleet.node(card.serial());
        if (before.isPresent()
                && connected.stream().anyMatch(other -> other.serial().equals(card.serial()))) {
            assertThat(after.map(node -> node.withCandidate(null)))
                    .as("a connected node is left alone")
                    .isEqualTo(before.map(node -> node.withCandidate(null)));
        }
        boolean changedHands = before.isPresent()
                && before.get().status() != Status.PENDING
                && after.isPresent()
                && !after.get().publicJwk().equals(before.get().publicJwk());
        if (changedHands) {
            cameByThemselves.add(card.jwk());
        }
        if (mayUseBus(card)) {
            certified.add(card);
        }
        return "knock of " + card;
    }

    private String command(String what, Card card, Command command) {
        Optional<FleetNode> node = fleet.node(card.serial());
        if (node.isPresent()) {
            if (what.equals("approve")) {
                Optional.ofNullable(node.get().candidate())
                        .ifPresent(approved -> cameByThemselves.remove(approved.publicJwk()));
            }
            change(current -> command.of(current, node.get().name()));
            if (fleet.node(card.serial()).isEmpty()) {
                cameByThemselves.removeIf(key -> key.contains(card.serial()));
            }
        }
        return what + " " + card.serial();
    }

    private String makeManager(Card card) {
        Optional<FleetNode> node = fleet.node(card.serial());
        if (node.isPresent() && node.get().status() == Status.ENROLLED) {
            change(current -> RoleCommands.assign(current, "manager", List.of(card.serial())));
            fleet.node(card.serial())
                    .filter(RoleRules::isManager)
                    .ifPresent(manager -> cameByThemselves.remove(manager.publicJwk()));
        }
        return "a person makes " + card.serial() + " a manager";
    }

    private String report(Card card) {
        if (connected.contains(card)) {
            FleetNode node = fleet.node(card.serial()).orElseThrow();
            fleet = fleet.with(node.withReport(ExampleNodes.report(node, NodeState.READY, SwarmFacts.inactive()), now));
        }
        return "report of " + card;
    }

    private String plan() {
        fleet = FleetPlanner.plan(fleet, now).fleet();
        return "plan";
    }

    private String approval(Random random) {
        Policy policy = fleet.policy();
        fleet = fleet.with(new Policy(
                policy.user(),
                policy.ssh(),
                random.nextBoolean() ? Approval.MANUAL : Approval.AUTOMATIC,
                policy.upgrade(),
                policy.docker(),
                policy.swarm(),
                policy.names(),
                policy.auto()));
        return "policy " + fleet.policy().approval();
    }

    private String connect(Card card) {
        if (certified.contains(card) && mayUseBus(card)) {
            connected.add(card);
        }
        return "connection of " + card;
    }

    private String disconnect(Card card) {
        connected.remove(card);
        return "end of the connection of " + card;
    }

    /** As the gateway does it. */
    private boolean mayUseBus(Card card) {
        return fleet.node(card.serial())
                .filter(node -> node.status() == Status.ENROLLED || node.status() == Status.REMOVING)
                .filter(node -> node.publicJwk().equals(card.jwk()))
                .isPresent();
    }

    private void enforce() {
        connected.removeIf(card -> !mayUseBus(card));
        fleet = fleet.withConnected(connected.stream().map(Card::serial).collect(Collectors.toSet()));
    }

    private void assertHolds(String after) {
        assertThat(connected.stream().map(Card::serial)).as(after).doesNotHaveDuplicates();
        for (FleetNode node : fleet.nodes().values()) {
            assertThat(RoleRules.isManager(node) && cameByThemselves.contains(node.publicJwk()))
                    .as("%s: %s is a manager with a new card by itself", after, node.name())
                    .isFalse();
            FleetNode.Candidate candidate = node.candidate();
            assertThat(fleet.refusals().has(node.publicJwk()) && node.status() != Status.REVOKED)
                    .as("%s: %s has a refused key", after, node.name())
                    .isFalse();
            if (candidate != null) {
                assertThat(candidate.publicJwk()).as(after).isNotEqualTo(node.publicJwk());
                assertThat(fleet.refusals().has(candidate.publicJwk()))
                        .as("%s: a refused card waits for %s", after, node.name())
                        .isFalse();
                assertThat(candidate.reason()).as(after).isNotEmpty();
            }
        }
        assertThat(fleet.nodes().values().stream().map(FleetNode::name))
                .as(after)
                .doesNotHaveDuplicates();
    }

    private void change(FleetLoop.Change change) {
        try {
            fleet = change.apply(fleet).fleet();
        } catch (FleetException refused) {
            assertThat(refused.remedy()).isNotEmpty();
        }
    }

    @FunctionalInterface
    private interface Command {
        Transition of(Fleet fleet, String name) throws FleetException;
    }

    private static EnrolmentRequest request(Card card, @Nullable String enrolmentKey) {
        return new EnrolmentRequest(
                card.serial(), "Raspberry Pi 3", 1L << 30, "10.0.0.7", "test", enrolmentKey, null, "nonce");
    }

    private static Minted mint(Duration goodFor, int uses) {
        try {
            return EnrolmentKeyCommands.mint(
                    ExampleNodes.NOW.minus(Duration.ofMinutes(2)), goodFor, uses, new SecureRandom());
        } catch (FleetException e) {
            throw new IllegalStateException(e);
        }
    }
}
