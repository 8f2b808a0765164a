package io.swarmctl.controller.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmctl.common.wire.DockerSource;
import io.swarmctl.common.wire.DockerSpec;
import io.swarmctl.common.wire.Gathered;
import io.swarmctl.common.wire.NodeState;
import java.util.List;
import org.junit.jupiter.api.Test;

class GatheringsTest {
    private static final String PRETTY = "Debian GNU/Linux 12 (bookworm)";
    private static final DebianSystem BOOKWORM = new DebianSystem("bookworm", "arm64");
    private static final DockerSpec DEBIANS = new DockerSpec(DockerSource.DEBIAN, "");

    private final FleetNode blank = ExampleNodes.blank(1, PRETTY, "bookworm");
    private final Fleet fleet = Fleet.empty("fleet").with(blank).withGatherings(Gatherings.BEGUN);

    @Test
    void nodesWithoutDockerTellWhatIsNeeded() {
        assertThat(Gatherings.neededBy(fleet)).containsExactly(BOOKWORM);
        assertThat(Gatherings.neededBy(fleet.with(ExampleNodes.reporting(1, "worker", NodeState.READY))))
                .isEmpty();
    }

    @Test
    void whatWillBeNeededIsGatheredBeforeAnybodyComes() {
        DebianSystem trixie = new DebianSystem("trixie", "arm64");
        Fleet early = Fleet.empty("fleet").withGatherings(Gatherings.BEGUN.ahead(trixie));
        assertThat(Gatherings.neededBy(early)).containsExactly(trixie);
    }

    /** Raspbian's packages are others, and of what is no release yet nobody knows. */
    @Test
    void systemsThatAreNotDebiansReleasesHelpThemselves() {
        for (List<String> other : List.of(
                List.of("Raspbian GNU/Linux 12 (bookworm)", "bookworm"),
                List.of("Ubuntu 24.04.1 LTS", "noble"),
                List.of("Debian GNU/Linux trixie/sid", "trixie"),
                List.of("Debian GNU/Linux 12 (bookworm)", "../etc"),
                List.of("Debian GNU/Linux 12 (bookworm), simulated", "bookworm"))) {
            FleetNode node = ExampleNodes.blank(1, other.get(0), other.get(1));
            assertThat(Gatherings.neededBy(fleet.with(node))).isEmpty();
            assertThat(Gatherings.dockerOf(fleet, node)).isEqualTo(DEBIANS);
        }
    }

    @Test
    void aNodeWaitsAsLongAsNothingIsKnown() {
        assertThat(Gatherings.dockerOf(fleet, blank)).isEqualTo(DEBIANS.with(Gathered.COMING));
        assertThat(Gatherings.dockerOf(fleet, ExampleNodes.arrived(2))).isEqualTo(DEBIANS.with(Gathered.COMING));
    }

    @Test
    void whatIsGatheredIsNamedByItsIndex() {
        Fleet gathered = fleet.withGatherings(fleet.gatherings().with(BOOKWORM, "0123"));
        assertThat(Gatherings.dockerOf(gathered, blank)).isEqualTo(DEBIANS.with(new Gathered("0123")));
    }

    @Test
    void whereNothingCouldBeGatheredNodesHelpThemselves() {
        Fleet failed = fleet.withGatherings(fleet.gatherings().with(BOOKWORM, ""));
        assertThat(Gatherings.dockerOf(failed, blank)).isEqualTo(DEBIANS);
    }

    @Test
    void whoComesWithOneKindOfSystemTooManyHelpsItself() {
        Gatherings many = fleet.gatherings();
        for (String release : List.of("a", "b", "c", "d", "e", "f")) {
            many = many.with(new DebianSystem(release, "arm64"), "0123");
        }
        Fleet full = fleet.withGatherings(many);
        assertThat(Gatherings.neededBy(full)).isEmpty();
        assertThat(Gatherings.dockerOf(full, blank)).isEqualTo(DEBIANS);
    }

    @Test
    void aNodeWithDockerIsToldNothing() {
        FleetNode ready = ExampleNodes.reporting(2, "worker", NodeState.READY);
        assertThat(Gatherings.dockerOf(fleet, ready)).isEqualTo(DEBIANS);
    }

    @Test
    void whoDoesNotWantItHasItNot() {
        Policy policy = Policy.initial();
        for (Policy.PackageCache other : List.of(
                new Policy.PackageCache(false, 1, List.of()), new Policy.PackageCache(true, 1, List.of(), false))) {
            Fleet without = fleet.with(policy.withPackageCache(other));
            assertThat(Gatherings.neededBy(without)).isEmpty();
            assertThat(Gatherings.dockerOf(without, blank)).isEqualTo(DEBIANS);
        }
        assertThat(Gatherings.dockerOf(fleet.withGatherings(Gatherings.OFF), blank))
                .isEqualTo(DEBIANS);
    }
}
