package io.swarmctl.common.plan;

import io.swarmctl.common.wire.Action;
import io.swarmctl.common.wire.DockerSource;
import io.swarmctl.common.wire.DockerSpec;
import io.swarmctl.common.wire.Facts;
import io.swarmctl.common.wire.Finding;
import io.swarmctl.common.wire.Gathered;
import io.swarmctl.common.wire.NodeSpec;
import io.swarmctl.common.wire.SwarmState;
import io.swarmctl.common.wire.Upgrade;
import io.swarmctl.common.wire.UserFacts;
import io.swarmctl.common.wire.UserSpec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides what to change. Same input, same plan; applying plans ends with nothing to plan. */
public final class Planner {
    private static final long INDEX_GOOD_FOR_SECONDS = 24 * 3600;
    private static final String DOCKER_GROUP = "docker";
    private static final String ADMIN_GROUP = "sudo";
    private static final String GATHERING = "the controller, which gathers Docker's packages";

    private Planner() {}

    public static Plan plan(Facts facts, NodeSpec spec) {
        List<Finding> findings = new ArrayList<>(Preflight.check(facts));
        SwarmPlan swarm = SwarmPlan.of(facts, spec.swarm());
        findings.addAll(swarm.findings());
        if (findings.stream().anyMatch(finding -> finding.severity() == Finding.Severity.ERROR)) {
            return new Plan(List.of(), "", findings, "");
        }
        List<Action> actions = new ArrayList<>();
        planAccess(facts, spec, actions);
        planHostname(facts, spec, actions);
        planPackages(facts, spec, actions);
        String rebootFor = planKernel(facts, actions);
        if (!rebootFor.isEmpty()) {
            return new Plan(actions, rebootFor, findings, "");
        }
        Gathered gathered = fromController(facts, spec.docker());
        if (gathered != null && !gathered.isThere()) {
            return new Plan(actions, "", findings, GATHERING);
        }
        if (gathered != null) {
            actions.add(new Action.FetchDockerPackages(gathered.index()));
        }
        planDocker(facts, spec, actions);
        actions.addAll(swarm.actions());
        return new Plan(actions, "", findings, swarm.waitingFor());
    }

    private static void planAccess(Facts facts, NodeSpec spec, List<Action> actions) {
        UserSpec user = spec.user();
        for (String locked : spec.lockedUsers()) {
            boolean isFirstUser = user != null && user.name().equals(locked);
            if (!isFirstUser
                    && facts.user(locked).filter(known -> !known.isLocked()).isPresent()) {
                actions.add(new Action.LockPassword(locked));
            }
        }
        if (user != null) {
            planUser(facts, user, actions);
        }
        if (facts.ssh().installed() && facts.ssh().enabled() != spec.ssh()) {
            actions.add(new Action.SetSsh(spec.ssh()));
        }
    }

    private static void planUser(Facts facts, UserSpec user, List<Action> actions) {
        UserFacts known = facts.user(user.name()).orElse(new UserFacts(user.name(), "", List.of(), List.of()));
        if (facts.user(user.name()).isEmpty()) {
            actions.add(new Action.CreateUser(user.name()));
        }
        if (!known.passwordFingerprint().equals(user.passwordFingerprint())) {
            actions.add(new Action.SetPassword(user.name(), user.sealedPasswordHash()));
        }
        if (!known.authorizedKeys().equals(user.authorizedKeys())) {
            actions.add(new Action.SetAuthorizedKeys(user.name(), user.authorizedKeys()));
        }
        if (!known.groups().contains(ADMIN_GROUP)) {
            actions.add(new Action.AddToGroup(user.name(), ADMIN_GROUP));
        }
    }

    private static void planHostname(Facts facts, NodeSpec spec, List<Action> actions) {
        String name = spec.name();
        boolean everywhere = facts.hostname().live().equals(name)
                && facts.hostname().stored().equals(name)
                && facts.hostname().hosts().equals(name);
        if (!everywhere) {
            actions.add(new Action.SetHostname(name));
        }
    }

    private static void planPackages(Facts facts, NodeSpec spec, List<Action> actions) {
        if (facts.packages().interrupted()) {
            actions.add(new Action.RepairPackages());
        }
        boolean fetches = spec.docker().source() != DockerSource.DIRECTORY
                && spec.docker().source() != facts.packages().dockerOnCard()
                && fromController(facts, spec.docker()) == null;
        boolean installs = !facts.docker().installed() && fetches;
        boolean upgrades = spec.upgrade() == Upgrade.FULL && facts.swarm().state() == SwarmState.INACTIVE;
        boolean newSource = installs
                && spec.docker().source() == DockerSource.REPOSITORY
                && !facts.packages().dockerRepository().equals(spec.docker().location());
        if (newSource) {
            actions.add(new Action.AddDockerRepository(spec.docker().location()));
        }
        boolean stale = isStale(facts.packages().indexAgeSeconds());
        if ((installs || upgrades) && (newSource || stale)) {
            actions.add(new Action.RefreshPackageIndex());
        }
        Integer upgradable = facts.packages().upgradable();
        if (upgrades && (stale || upgradable == null || upgradable > 0)) {
            actions.add(new Action.UpgradePackages());
        }
    }

    /**
     * What this node is to install of what the controller has gathered; null when it needs nothing of it, or something
     * kept packages from coming through the controller: then they come from their archives, and it is tried again later.
     */
    private static @Nullable Gathered fromController(Facts facts, DockerSpec docker) {
        boolean needed = !facts.docker().installed()
                && facts.packages().dockerOnCard() != docker.source()
                && facts.packages().cacheTrouble() == null;
        return needed ? docker.gathered() : null;
    }

    private static boolean isStale(@Nullable Long indexAgeSeconds) {
        return indexAgeSeconds == null || indexAgeSeconds > INDEX_GOOD_FOR_SECONDS;
    }

    private static String planKernel(Facts facts, List<Action> actions) {
        return switch (facts.memoryCgroup()) {
            case NOT_ASKED_FOR -> {
                actions.add(new Action.EnableMemoryCgroup());
                yield "memory cgroups take effect at boot";
            }
            case AFTER_REBOOT -> "memory cgroups take effect at boot";
            case AVAILABLE, OUT_OF_REACH ->
                facts.system().kernelModules() ? "" : "the upgraded kernel takes effect at boot";
        };
    }

    private static void planDocker(Facts facts, NodeSpec spec, List<Action> actions) {
        if (!facts.docker().installed()) {
            actions.add(new Action.InstallDocker(
                    spec.docker().source(), spec.docker().location()));
        }
        UserSpec user = spec.user();
        if (user != null
                && facts.user(user.name())
                        .filter(u -> u.groups().contains(DOCKER_GROUP))
                        .isEmpty()) {
            actions.add(new Action.AddToGroup(user.name(), DOCKER_GROUP));
        }
        if (!facts.docker().enabled() || !facts.docker().answers()) {
            actions.add(new Action.StartDocker());
        }
    }
}
