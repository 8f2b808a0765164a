package io.swarmctl.common.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmctl.common.wire.Action;
import io.swarmctl.common.wire.ClockFacts;
import io.swarmctl.common.wire.DockerFacts;
import io.swarmctl.common.wire.DockerSource;
import io.swarmctl.common.wire.DockerSpec;
import io.swarmctl.common.wire.Finding;
import io.swarmctl.common.wire.Gathered;
import io.swarmctl.common.wire.HardwareFacts;
import io.swarmctl.common.wire.HostnameFacts;
import io.swarmctl.common.wire.InterfaceFacts;
import io.swarmctl.common.wire.Membership;
import io.swarmctl.common.wire.MemoryCgroup;
import io.swarmctl.common.wire.PackageFacts;
import io.swarmctl.common.wire.SwarmFacts;
import io.swarmctl.common.wire.SwarmNode;
import io.swarmctl.common.wire.SwarmState;
import io.swarmctl.common.wire.SwarmTarget;
import io.swarmctl.common.wire.SystemFacts;
import io.swarmctl.common.wire.Upgrade;
import io.swarmctl.common.wire.UserFacts;
import io.swarmctl.common.wire.UserSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlannerTest {
    private static final DockerFacts NO_DOCKER = new DockerFacts(false, false, "");

    private final SampleNode node = new SampleNode();

    @Test
    void aNodeThatIsAsItsSpecWantsHasNothingToDo() {
        assertThat(node.plan().converged()).isTrue();
    }

    @Test
    void aBlankPiGetsEverythingInOrder() {
        node.hostname = new HostnameFacts("raspberrypi", "raspberrypi", "raspberrypi");
        node.user = new UserSpec("ada", "sealed", "fingerprint", List.of("ssh-ed25519 AAAA ada"));
        node.users = List.of(new UserFacts("pi", "old", List.of("sudo"), List.of()));
        node.packages = new PackageFacts(false, null, null, "", null, null);
        node.upgrade = Upgrade.FULL;
        node.docker = NO_DOCKER;
        node.target = new SwarmTarget.Join(Membership.WORKER, "cluster", List.of("10.0.0.1:2377"), "token");
        assertThat(node.plan().actions())
                .extracting(Action::title)
                .containsExactly(
                        "lock the password of pi",
                        "create user ada",
                        "set the password of ada",
                        "give ada 1 SSH key",
                        "add ada to group sudo",
                        "set hostname pi-001",
                        "refresh the package index",
                        "upgrade packages",
                        "install Docker",
                        "add ada to group docker",
                        "start Docker and enable it at boot",
                        "join the swarm as worker");
    }

    @Test
    void theFirstUserIsNotLockedWhenItIsTheImagesDefaultOne() {
        node.user = new UserSpec("pi", "sealed", "fingerprint", List.of());
        node.users = List.of(new UserFacts("pi", "fingerprint", List.of("sudo", "docker"), List.of()));
        assertThat(node.plan().converged()).isTrue();
    }

    @Test
    void anInterruptedDpkgIsRepairedBeforeAnythingIsInstalled() {
        node.packages = new PackageFacts(true, 60L, 0, "", null, null);
        node.docker = NO_DOCKER;
        assertThat(node.plan().actions().get(0)).isInstanceOf(Action.RepairPackages.class);
    }

    @Test
    void anIndexOfYesterdayIsRefreshedBeforeAnInstallation() {
        node.packages = new PackageFacts(false, 25L * 3600, 0, "", null, null);
        node.docker = NO_DOCKER;
        assertThat(node.plan().actions()).hasAtLeastOneElementOfType(Action.RefreshPackageIndex.class);
    }

    @Test
    void dockersOwnRepositoryIsAddedAndItsIndexFetched() {
        node.docker = NO_DOCKER;
        node.source = new DockerSpec(DockerSource.REPOSITORY, "https://repository.example");
        assertThat(node.plan().actions())
                .startsWith(
                        new Action.AddDockerRepository("https://repository.example"), new Action.RefreshPackageIndex());
    }

    @Test
    void packageFilesOnTheCardNeedNoIndex() {
        node.docker = NO_DOCKER;
        node.packages = new PackageFacts(false, null, null, "", null, null);
        node.source = new DockerSpec(DockerSource.DIRECTORY, "/opt/packages");
        assertThat(node.plan().actions()).startsWith(new Action.InstallDocker(DockerSource.DIRECTORY, "/opt/packages"));
    }

    @Test
    void dockerThatCameWithTheCardNeedsNoIndexAndNoRepository() {
        node.docker = NO_DOCKER;
        node.packages = new PackageFacts(false, null, null, "", DockerSource.DEBIAN, null);
        assertThat(node.plan().actions()).startsWith(new Action.InstallDocker(DockerSource.DEBIAN, ""));
    }

    @Test
    void anotherDockerThanTheFleetWantsIsNotTakenFromTheCard() {
        node.docker = NO_DOCKER;
        node.packages = new PackageFacts(false, null, null, "", DockerSource.DEBIAN, null);
        node.source = new DockerSpec(DockerSource.REPOSITORY, "https://repository.example");
        assertThat(node.plan().actions())
                .startsWith(
                        new Action.AddDockerRepository("https://repository.example"), new Action.RefreshPackageIndex());
    }

    @Test
    void whatTheControllerHasGatheredNeedsNoIndex() {
        node.docker = NO_DOCKER;
        node.packages = new PackageFacts(false, null, null, "", null, null);
        node.source = node.source.with(new Gathered("0123abcd"));
        assertThat(node.plan().actions())
                .startsWith(
                        new Action.FetchDockerPackages("0123abcd"), new Action.InstallDocker(DockerSource.DEBIAN, ""));
    }

    @Test
    void whatTheControllerIsGatheringIsWaitedForWhenAllElseIsDone() {
        node.hostname = new HostnameFacts("raspberrypi", "raspberrypi", "raspberrypi");
        node.docker = NO_DOCKER;
        node.source = node.source.with(Gathered.COMING);
        Plan plan = node.plan();
        assertThat(plan.actions()).containsExactly(new Action.SetHostname("pi-001"));
        assertThat(plan.waitingFor()).isEqualTo("the controller, which gathers Docker's packages");
    }

    @Test
    void whoHasDockerOrItsPackagesWaitsForNobody() {
        node.source = node.source.with(Gathered.COMING);
        assertThat(node.plan().converged()).isTrue();
        assertThat(node.plan().waitingFor()).isEmpty();

        node.docker = NO_DOCKER;
        node.packages = new PackageFacts(false, null, null, "", DockerSource.DEBIAN, null);
        assertThat(node.plan().actions()).startsWith(new Action.InstallDocker(DockerSource.DEBIAN, ""));
    }

    @Test
    void whenPackagesDoNotComeThroughTheControllerTheArchivesAreAsked() {
        node.docker = NO_DOCKER;
        node.packages = new PackageFacts(false, null, null, "", null, "the connection to it breaks off");
        node.source = node.source.with(new Gathered("0123abcd"));
        assertThat(node.plan().actions())
                .startsWith(new Action.RefreshPackageIndex(), new Action.InstallDocker(DockerSource.DEBIAN, ""));
    }

    /** As the first boot of a card makes it; Docker brings its group later. */
    @Test
    void aUserThatTheCardHasMadeIsAsTheSpecWantsIt() {
        node.user = new UserSpec("ada", "sealed", "fingerprint", List.of("ssh-ed25519 AAAA"));
        node.users = List.of(
                new UserFacts("ada", "fingerprint", List.of("ada", "sudo"), List.of("ssh-ed25519 AAAA")),
                new UserFacts("pi", "", List.of("pi"), List.of()));
        node.docker = NO_DOCKER;
        assertThat(node.plan().actions().stream().map(Action::title).filter(title -> title.contains("ada")))
                .containsExactly("add ada to group docker");
    }

    @Test
    void aNodeInTheSwarmIsNotUpgraded() {
        node.upgrade = Upgrade.FULL;
        node.packages = new PackageFacts(false, 60L, 7, "", null, null);
        node.swarm = SampleNode.member("cluster");
        node.ownClusterIds = List.of("cluster");
        node.target = new SwarmTarget.Member(Membership.WORKER, "cluster", List.of());
        assertThat(node.plan().converged()).isTrue();
    }

    @Test
    void memoryCgroupsEndThePlanWithAReboot() {
        node.memoryCgroup = MemoryCgroup.NOT_ASKED_FOR;
        node.docker = NO_DOCKER;
        Plan plan = node.plan();
        assertThat(plan.actions()).containsExactly(new Action.EnableMemoryCgroup());
        assertThat(plan.rebootFor()).contains("memory cgroups");
    }

    @Test
    void anUpgradedKernelTakesEffectBeforeDockerIsInstalled() {
        node.system = new SystemFacts("Debian 12", "bookworm", "6.12.25", "arm64", 20L << 30, "boot-1", false);
        node.docker = NO_DOCKER;
        assertThat(node.plan().rebootFor()).contains("kernel");
        assertThat(node.plan().actions()).isEmpty();
    }

    @Test
    void aNodeInASwarmOfAnEarlierEpochLeavesItAndThenJoins() {
        node.swarm = SampleNode.member("old");
        node.ownClusterIds = List.of("old", "new");
        node.target = new SwarmTarget.Join(Membership.WORKER, "new", List.of("10.0.0.1:2377"), "token");
        assertThat(node.plan().actions()).containsExactly(new Action.LeaveSwarm("old"));
    }

    @Test
    void aNodeInSomebodyElsesSwarmIsLeftAloneAndReported() {
        node.swarm = SampleNode.member("foreign");
        node.target = new SwarmTarget.Join(Membership.WORKER, "ours", List.of("10.0.0.1:2377"), "token");
        assertThat(node.plan().actions()).isEmpty();
        assertThat(node.plan().blocked()).isTrue();
    }

    @Test
    void aNodeWithoutRoleStaysInSomebodyElsesSwarm() {
        node.swarm = SampleNode.member("foreign");
        assertThat(node.plan().converged()).isTrue();
    }

    @Test
    void whatAStoppedEngineLeftOnTheDiskIsNotJudgedBeforeItRuns() {
        SampleNode node = new SampleNode();
        node.target = new SwarmTarget.Found(1, List.of(), 24);
        node.docker = new DockerFacts(true, true, "");
        node.swarm = new SwarmFacts(
                SwarmState.PENDING, false, "", "unheard-of", "", 0, "", List.of(), List.of(), "the engine is down");

        Plan plan = node.plan();

        assertThat(plan.actions()).containsExactly(new Action.StartDocker());
        assertThat(plan.blocked()).isFalse();
    }

    @Test
    void theFounderDoesNotFoundTwice() {
        node.swarm = new SwarmFacts(
                SwarmState.ACTIVE, true, "node-1", "c", "fleet", 2, "10.0.0.5", List.of(), List.of(), "");
        node.target = new SwarmTarget.Found(2, List.of(), 24);
        assertThat(node.plan().actions()).isEmpty();
    }

    @Test
    void aFounderOfAnEarlierEpochLeavesItsOldSwarmFirst() {
        node.swarm = new SwarmFacts(
                SwarmState.ACTIVE, true, "node-1", "c", "fleet", 1, "10.0.0.5", List.of(), List.of(), "");
        node.target = new SwarmTarget.Found(2, List.of(), 24);
        assertThat(node.plan().actions()).containsExactly(new Action.LeaveSwarm("c"));
    }

    @Test
    void aManagerThatTheOthersNeedDoesNotLeave() {
        node.ownClusterIds = List.of("c");
        node.swarm = managing(entry("node-1", Membership.MANAGER), entry("node-2", Membership.MANAGER));
        assertThat(node.plan().actions()).isEmpty();
        assertThat(node.plan().waitingFor()).startsWith("another manager to make it a worker");

        node.swarm = managing(entry("node-1", Membership.MANAGER), entry("node-2", Membership.WORKER));
        assertThat(node.plan().actions()).isEmpty();
    }

    @Test
    void theLastOneInASwarmLeavesIt() {
        node.ownClusterIds = List.of("c");
        node.swarm = managing(entry("node-1", Membership.MANAGER));
        assertThat(node.plan().actions()).containsExactly(new Action.LeaveSwarm("c"));
    }

    private static SwarmFacts managing(SwarmNode... nodes) {
        return new SwarmFacts(
                SwarmState.ACTIVE, true, "node-1", "c", "fleet", 1, "10.0.0.5", List.of(), List.of(nodes), "");
    }

    private static SwarmNode entry(String id, Membership membership) {
        boolean manager = membership == Membership.MANAGER;
        return new SwarmNode(id, "pi-" + id, membership, true, true, manager, false);
    }

    @Test
    void aManagerGoesOnAloneUntilTheSwarmHasTheNewEpoch() {
        node.target = new SwarmTarget.Recover(2, "c");
        node.swarm = new SwarmFacts(
                SwarmState.PENDING, true, "node-1", "c", "", 0, "10.0.0.5", List.of(), List.of(), "no leader");
        assertThat(node.plan().actions()).containsExactly(new Action.RecoverSwarm("fleet", 2, "c", "10.0.0.5"));
        node.swarm = new SwarmFacts(
                SwarmState.ACTIVE, true, "node-1", "c", "fleet", 1, "10.0.0.5", List.of(), List.of(), "");
        assertThat(node.plan().actions()).as("not yet noticed").hasSize(1);
        node.swarm = new SwarmFacts(
                SwarmState.ACTIVE, true, "node-1", "c", "fleet", 2, "10.0.0.5", List.of(), List.of(), "");
        assertThat(node.plan().actions()).isEmpty();
    }

    @Test
    void whoIsNotInTheSwarmDoesNotRecoverIt() {
        node.target = new SwarmTarget.Recover(2, "c");
        assertThat(node.plan().actions()).isEmpty();
        assertThat(node.plan().waitingFor()).contains("not in the swarm");
    }

    @Test
    void theSwarmHearsTheWiredAddress() {
        node.interfaces = List.of(
                new InterfaceFacts("wlan0", "10.0.1.5", false, true),
                new InterfaceFacts("eth0", "10.0.0.5", true, false));
        node.target = new SwarmTarget.Found(1, List.of(), 24);
        assertThat(node.plan().actions()).containsExactly(new Action.FoundSwarm("fleet", 1, "10.0.0.5", List.of(), 24));
    }

    @Test
    void anInterfaceThatIsNotThereBlocksWithARemedy() {
        node.advertiseInterface = "eth7";
        node.target = new SwarmTarget.Found(1, List.of(), 24);
        assertThat(node.plan().findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.problem()).contains("eth7"));
    }

    @Test
    void withoutRouteOrNameServerTheNodeGoesOnAndSaysWhyItMayFail() {
        node.docker = NO_DOCKER;
        node.interfaces = List.of(new InterfaceFacts("eth0", "10.0.0.5", true, false));
        node.nameServers = List.of();
        assertThat(node.plan().findings())
                .allMatch(finding -> finding.severity() == Finding.Severity.WARNING)
                .extracting(Finding::problem)
                .satisfiesExactly(
                        route -> assertThat(route).contains("no default route"),
                        name -> assertThat(name).contains("no name server"));
        assertThat(node.plan().actions()).isNotEmpty();
    }

    @Test
    void anAgentThatDoesNotTellItsNameServersIsNotBlamedForIt() {
        node.nameServers = null;
        assertThat(node.plan().findings()).isEmpty();
    }

    @Test
    void withoutAnyAddressNothingGoes() {
        node.interfaces = List.of();
        assertThat(node.plan().blocked()).isTrue();
        assertThat(node.plan().findings())
                .extracting(Finding::remedy)
                .containsExactly("check the cable, or the wifi's settings");
    }

    @Test
    void aFullCardBlocksAndUnderVoltageOnlyWarns() {
        node.docker = NO_DOCKER;
        node.system = new SystemFacts("Debian 12", "bookworm", "6.12.25", "arm64", 1L << 30, "boot-1", true);
        node.hardware = new HardwareFacts("s", "m", 1L << 30, 0x50005, 40.0);
        assertThat(node.plan().findings())
                .extracting(Finding::severity)
                .containsExactly(Finding.Severity.ERROR, Finding.Severity.WARNING);
        assertThat(node.plan().actions()).isEmpty();
    }

    @Test
    void aClockThatIsOffAndCannotBeSetIsAWarningAndNoObstacle() {
        node.clock = new ClockFacts(false, -59, "");
        assertThat(node.plan().findings()).isEmpty();
        node.clock = new ClockFacts(false, 6_000L * 86_400, "Operation not permitted");
        assertThat(node.plan().blocked()).isFalse();
        assertThat(node.plan().findings()).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Finding.Severity.WARNING);
            assertThat(finding.problem())
                    .isEqualTo("the clock is 6000 days ahead, and could not be set: Operation not permitted");
        });
        node.clock = new ClockFacts(false, -90, "");
        assertThat(node.plan().findings()).extracting(Finding::problem).containsExactly("the clock is 90 s behind");
    }
}
