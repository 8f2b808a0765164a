package io.swarmctl.controller.simulate;

import io.swarmctl.common.wire.Action;

/** How long actions take on a Pi 3B with a usual card and a near mirror, in seconds. Pure. */
final class ActionTimes {
    private ActionTimes() {}

    static double seconds(Action action) {
        if (isAboutPackages(action)) {
            return packages(action);
        }
        if (action instanceof Action.StartDocker || action instanceof Action.FoundSwarm) {
            return 8;
        }
        if (action instanceof Action.JoinSwarm || action instanceof Action.RecoverSwarm) {
            return 6;
        }
        if (action instanceof Action.LeaveSwarm) {
            return 4;
        }
        return action instanceof Action.SetSsh || action instanceof Action.CreateUser ? 2 : 1;
    }

    static boolean isAboutPackages(Action action) {
        return action instanceof Action.RefreshPackageIndex
                || action instanceof Action.UpgradePackages
                || action instanceof Action.InstallDocker
                || action instanceof Action.AddDockerRepository
                || action instanceof Action.RepairPackages;
    }

    private static double packages(Action action) {
        if (action instanceof Action.InstallDocker) {
            return 180;
        }
        if (action instanceof Action.UpgradePackages) {
            return 240;
        }
        if (action instanceof Action.RefreshPackageIndex) {
            return 45;
        }
        return action instanceof Action.RepairPackages ? 20 : 6;
    }
}
