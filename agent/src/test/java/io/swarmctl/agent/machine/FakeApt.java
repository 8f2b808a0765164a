package io.swarmctl.agent.machine;

import io.swarmctl.agent.machine.Commands.Result;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A package system: knows some packages, installs them, and may be locked, interrupted or out of reach. */
final class FakeApt {
    final Set<String> offered = new TreeSet<>(Set.of("docker.io", "docker-ce", "docker-ce-cli", "containerd.io"));
    final List<String> installed = new ArrayList<>();
    /** Answers that come first, whatever is asked. */
    final Deque<Result> troubles = new ArrayDeque<>();

    Runnable whenInstalled = () -> {};
    int upgradable;
    int simulations;

    private final FileTree tree;

    FakeApt(FileTree tree) {
        this.tree = tree;
    }

    Result get(List<String> argv) {
        if (argv.contains("-s")) {
            simulations++;
            return simulated();
        }
        Result trouble = troubles.poll();
        if (trouble != null) {
            return trouble;
        }
        if (isInterrupted()) {
            return FakePrograms.failed(
                    100,
                    "E: dpkg was interrupted, you must manually run 'dpkg --configure -a' to correct the problem. ");
        }
        if (argv.contains("-oAPT::Status-Fd=1")) {
            return FakePrograms.failed(100, "/usr/sbin/update-ca-certificates: 138: echo: echo: I/O error");
        }
        if (argv.contains("update")) {
            tree.write("var/lib/apt/lists/mirror.example_debian_dists_bookworm_InRelease", "");
            return FakePrograms.ok("Hit:1 http://mirror.example/debian bookworm InRelease", "Reading package lists...");
        }
        if (argv.contains("dist-upgrade")) {
            upgradable = 0;
            tree.edit("var/lib/dpkg/status", text -> text + "\nPackage: upgraded\nStatus: install ok installed\n");
            return FakePrograms.ok("2 upgraded, 0 newly installed, 0 to remove and 0 not upgraded.");
        }
        installed.addAll(argv.subList(argv.indexOf("install") + 1, argv.size()));
        tree.edit("var/lib/dpkg/status", text -> text + "\nPackage: installed\nStatus: install ok installed\n");
        whenInstalled.run();
        return FakePrograms.ok("pmstatus:docker.io:40.0:Unpacking docker.io (arm64)", "Setting up docker.io ...");
    }

    Result cache(String name) {
        return offered.contains(name)
                ? FakePrograms.ok(name + ":", "  Installed: (none)", "  Candidate: 1.0", "  Version table:")
                : FakePrograms.ok();
    }

    Result dpkg(List<String> argv) {
        Result trouble = troubles.poll();
        if (trouble != null) {
            return trouble;
        }
        if (argv.contains("--configure")) {
            tree.delete("var/lib/dpkg/updates/0001");
            tree.edit(
                    "var/lib/dpkg/status", text -> text.replace("install ok half-configured", "install ok installed"));
        }
        return FakePrograms.ok();
    }

    private Result simulated() {
        List<String> lines = new ArrayList<>(List.of("Reading package lists..."));
        for (int i = 0; i < upgradable; i++) {
            lines.add("Inst package" + i + " [1.0] (1.1 Debian:12.12/oldstable [arm64])");
        }
        return new Result(0, lines);
    }

    private boolean isInterrupted() {
        return tree.path("var/lib/dpkg/updates/0001").toFile().exists();
    }
}
