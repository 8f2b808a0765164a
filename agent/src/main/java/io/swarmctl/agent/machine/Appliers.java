package io.swarmctl.agent.machine;

import io.swarmctl.common.wire.Action;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Which concern carries out which kind of action. */
final class Appliers {
    private final Map<Class<? extends Action>, Applier<Action>> byKind = new HashMap<>();

    Appliers(Concerns to) {
        on(Action.CreateUser.class, (a, out) -> to.accounts().create(a.name(), out));
        on(Action.SetPassword.class, (a, out) -> to.accounts().setPassword(a.user(), a.sealedHash(), out));
        on(Action.LockPassword.class, (a, out) -> to.accounts().lockPassword(a.user(), out));
        on(Action.SetAuthorizedKeys.class, (a, out) -> to.accounts().setAuthorizedKeys(a.user(), a.keys()));
        on(Action.AddToGroup.class, (a, out) -> to.accounts().addToGroup(a.user(), a.group(), out));
        on(Action.SetSsh.class, (a, out) -> to.ssh().set(a.enabled(), out));
        on(Action.SetHostname.class, (a, out) -> to.hostname().set(a.name(), out));
        on(Action.RepairPackages.class, (a, out) -> to.apt().repair(out));
        on(Action.RefreshPackageIndex.class, (a, out) -> to.apt().refresh(out));
        on(Action.UpgradePackages.class, (a, out) -> to.apt().upgrade(out));
        on(Action.EnableMemoryCgroup.class, (a, out) -> to.kernel().askForMemoryCgroup(out));
        on(Action.AddDockerRepository.class, (a, out) -> to.dockerPackages().addRepository(a.location(), out));
        on(Action.FetchDockerPackages.class, (a, out) -> to.gatheredPackages().fetch(a.index(), out));
        on(Action.InstallDocker.class, (a, out) -> to.dockerPackages().install(a.source(), a.location(), out));
        on(Action.StartDocker.class, (a, out) -> to.dockerService().start(out));
        on(Action.FoundSwarm.class, (a, out) -> to.swarmEntry().found(a, out));
        on(Action.RecoverSwarm.class, (a, out) -> to.swarmEntry().recover(a, out));
        on(Action.JoinSwarm.class, (a, out) -> to.swarmEntry().join(a, out));
        on(Action.LeaveSwarm.class, (a, out) -> to.swarmEntry().leave(a, out));
        on(Action.DemoteSwarmNode.class, (a, out) -> to.swarmChores().demote(a.swarmNodeId(), out));
        on(Action.ForgetSwarmNode.class, (a, out) -> to.swarmChores().forget(a.swarmNodeId(), out));
    }

    void apply(Action action, Output output) throws MachineException {
        Applier<Action> applier = byKind.get(action.getClass());
        if (applier == null) {
            throw new MachineException(
                    "this agent does not know how to " + action.title(), "update the agent", false, null);
        }
        applier.apply(action, output);
    }

    Set<Class<? extends Action>> kinds() {
        return Set.copyOf(byKind.keySet());
    }

    private <A extends Action> void on(Class<A> kind, Applier<A> applier) {
        byKind.put(kind, (action, output) -> applier.apply(kind.cast(action), output));
    }

    /** Carries out one kind of action. */
    private interface Applier<A> {
        void apply(A action, Output output) throws MachineException;
    }
}
