package io.swarmctl.agent.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/** The files of a machine, below a directory that stands for its root: a freshly flashed Pi 3 B+ with Bookworm. */
final class FileTree {
    static final String SERIAL = "00000000765fc593";
    static final String BOOT_ID = "0f3c7c5a-52d5-4b4b-9a55-2a9d0e6f0001";

    private static final String ROUTES = """
            Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT
            eth0\t00000000\t0101A8C0\t0003\t0\t0\t100\t00000000\t0\t0\t0
            eth0\t0001A8C0\t00000000\t0001\t0\t0\t100\t00FFFFFF\t0\t0\t0
            """;

    private final Path root;

    private FileTree(Path root) {
        this.root = root;
    }

    static FileTree at(Path root) {
        FileTree tree = new FileTree(root);
        int me = tree.myUid();
        tree.write("proc/device-tree/serial-number", SERIAL + "\0");
        tree.write("proc/device-tree/model", "Raspberry Pi 3 Model B Plus Rev 1.3\0");
        tree.write("proc/meminfo", "MemTotal:         944972 kB\nMemFree:          514220 kB\n");
        tree.write("proc/sys/kernel/hostname", "raspberrypi\n");
        tree.write("proc/sys/kernel/osrelease", "6.12.47+rpt-rpi-v8\n");
        tree.write("proc/sys/kernel/random/boot_id", BOOT_ID + "\n");
        tree.write(
                "proc/cgroups", "#subsys_name\thierarchy\tnum_cgroups\tenabled\ncpuset\t0\t60\t1\nmemory\t0\t60\t0\n");
        tree.write("proc/cmdline", "console=tty1 root=PARTUUID=bc1e7a2a-02 rootwait cgroup_disable=memory\n");
        tree.write("proc/net/route", ROUTES);
        tree.write("sys/fs/cgroup/cgroup.controllers", "cpuset cpu io pids\n");
        tree.write("sys/class/thermal/thermal_zone0/temp", "48312\n");
        tree.write("sys/class/net/eth0/type", "1\n");
        tree.write("boot/firmware/cmdline.txt", "console=tty1 root=PARTUUID=bc1e7a2a-02 rootwait\n");
        tree.write("lib/modules/6.12.47+rpt-rpi-v8/modules.dep", "");
        tree.write(
                "etc/os-release",
                "PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\nVERSION_CODENAME=bookworm\nID=debian\n");
        tree.write("etc/machine-id", "4c1f60d3f9f24ef9a0b8f9d1c2d3e4f5\n");
        tree.write("etc/hostname", "raspberrypi\n");
        tree.write(
                "etc/hosts",
                "127.0.0.1\tlocalhost\n::1\t\tlocalhost ip6-localhost\n\n127.0.1.1\traspberrypi\n192.168.1.7 nas\n");
        tree.write(
                "etc/passwd",
                "root:x:0:0:root:/root:/bin/bash\ndaemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin\n"
                        + "nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n"
                        + "pi:x:" + Math.max(1000, me) + ":1000:,,,:/home/pi:/bin/bash\n");
        tree.write("etc/shadow", "root:*:20000:0:99999:7:::\ndaemon:*:20000:0:99999:7:::\npi:!:20000:0:99999:7:::\n");
        tree.write("etc/group", "root:x:0:\nsudo:x:27:pi\nnogroup:x:65534:\npi:x:1000:\n");
        tree.write("usr/sbin/sshd", "");
        tree.write("usr/lib/systemd/system/ssh.service", "");
        tree.write("etc/apt/sources.list", "deb http://mirror.example/debian bookworm main\n");
        tree.write("var/lib/dpkg/status", "Package: dpkg\nStatus: install ok installed\n\n");
        return tree;
    }

    Layout layout() {
        return Layout.in(root);
    }

    Path path(String path) {
        return root.resolve(path);
    }

    int myUid() {
        try {
            return (Integer) Files.getAttribute(root, "unix:uid");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    FileTree write(String path, String content) {
        try {
            Files.createDirectories(path(path).getParent());
            Files.writeString(path(path), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    String read(String path) {
        try {
            return Files.readString(path(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    FileTree edit(String path, UnaryOperator<String> change) {
        return write(path, change.apply(read(path)));
    }

    FileTree delete(String path) {
        try {
            Files.deleteIfExists(path(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    FileTree link(String path) {
        try {
            Files.createDirectories(path(path).getParent());
            if (!Files.isSymbolicLink(path(path))) {
                Files.createSymbolicLink(path(path), Path.of("/usr/lib/systemd/system/some.service"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }
}
