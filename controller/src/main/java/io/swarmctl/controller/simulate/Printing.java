package io.swarmctl.controller.simulate;

import io.swarmctl.common.wire.Action;
import io.swarmctl.common.wire.DockerSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What actions print, much as on a Pi. Pure. */
final class Printing {
    private static final List<String> OF_DEBIAN = List.of("runc", "tini", "containerd", "cgroupfs-mount", "docker.io");
    private static final List<String> OF_DOCKER =
            List.of("pigz", "libslirp0", "containerd.io", "docker-ce-cli", "docker-buildx-plugin", "docker-ce");
    private static final List<String> UPGRADED =
            List.of("libssl3", "openssl", "tzdata", "base-files", "linux-image-rpi");
    private static final int STEP = 20;

    private Printing() {}

    /** The lines of a run that goes well, in order. */
    static List<String> of(Action action) {
        if (action instanceof Action.RefreshPackageIndex) {
            return List.of(
                    "Hit:1 bookworm InRelease",
                    "Get:2 bookworm-updates InRelease [55.4 kB]",
                    "Get:3 bookworm-security/main arm64 Packages [254 kB]",
                    "Reading package lists...");
        }
        if (action instanceof Action.UpgradePackages) {
            return installation(UPGRADED);
        }
        if (action instanceof Action.InstallDocker install) {
            return installation(install.source() == DockerSource.DEBIAN ? OF_DEBIAN : OF_DOCKER);
        }
        if (action instanceof Action.JoinSwarm) {
            return List.of("This node joined a swarm.");
        }
        if (action instanceof Action.FoundSwarm) {
            return List.of("Swarm initialized: this node is now a manager.");
        }
        return List.of();
    }

    /** What apt says when the mirror was caught in the middle of being updated. */
    static String mirrorTrouble() {
        return "E: Failed to fetch Packages: File has unexpected size (254120 != 253988). Mirror sync in progress?";
    }

    private static List<String> installation(List<String> packages) {
        List<String> lines = new ArrayList<>();
        for (int percent = 0; percent < 100; percent += STEP) {
            lines.add(String.format(Locale.ROOT, "%3d %% Retrieving packages", percent));
        }
        for (int i = 0; i < packages.size(); i++) {
            int percent = 100 * i / packages.size();
            lines.add(String.format(Locale.ROOT, "%3d %% Unpacking %s (arm64)", percent / 2, packages.get(i)));
        }
        for (int i = 0; i < packages.size(); i++) {
            int percent = 100 * i / packages.size();
            lines.add(String.format(Locale.ROOT, "%3d %% Configuring %s (arm64)", 50 + percent / 2, packages.get(i)));
        }
        return lines;
    }
}
