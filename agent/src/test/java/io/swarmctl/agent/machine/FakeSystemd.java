package io.swarmctl.agent.machine;

import io.swarmctl.agent.machine.Commands.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Enables units by links, and starts them; Docker's unit may refuse to. */
final class FakeSystemd {
    private static final Map<String, String> WANTED_BY = Map.of(
            "ssh.service", "multi-user.target.wants",
            "ssh.socket", "sockets.target.wants",
            "docker.service", "multi-user.target.wants");

    final List<String> started = new ArrayList<>();
    /** What Docker's journal says; its unit does not start as long as this is not empty. */
    String dockerFailsWith = "";
    /** Ends Docker's trouble once these alternatives are set. */
    boolean nftHelps;

    Runnable whenDockerStarts = () -> {};
    boolean rebooted;

    private final FileTree tree;

    FakeSystemd(FileTree tree) {
        this.tree = tree;
    }

    Result control(List<String> argv) {
        if (argv.contains("reboot")) {
            rebooted = true;
            return FakePrograms.ok();
        }
        for (String unit : argv.subList(1, argv.size())) {
            String wanted = WANTED_BY.get(unit);
            if (wanted == null) {
                continue;
            }
            String link = "etc/systemd/system/" + wanted + "/" + unit;
            if (argv.contains("enable")) {
                tree.link(link);
            }
            if (argv.contains("disable")) {
                tree.delete(link);
            }
            if (argv.contains("start") && !start(unit)) {
                return FakePrograms.failed(1, "Job for " + unit + " failed.");
            }
        }
        return FakePrograms.ok();
    }

    Result journal() {
        return FakePrograms.ok(dockerFailsWith.split("\n"));
    }

    Result alternatives(List<String> argv) {
        if (nftHelps && argv.contains("/usr/sbin/iptables-nft")) {
            dockerFailsWith = "";
        }
        return FakePrograms.ok();
    }

    private boolean start(String unit) {
        if (unit.equals("docker.service")) {
            if (!dockerFailsWith.isEmpty()) {
                return false;
            }
            whenDockerStarts.run();
        }
        started.add(unit);
        return true;
    }
}
