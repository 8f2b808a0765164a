package io.swarmctl.controller.image.card;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmctl.common.wire.Fingerprint;
import io.swarmctl.controller.image.base.Architecture;
import io.swarmctl.controller.image.base.BaseSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A card in a directory, that boots as a Pi does: when the kernel's command line says so the script runs from the boot
 * partition, else the services that are enabled. Programs of the system that would reach beyond the card are small ones
 * of our own.
 */
final class BootedCard {
    /** How a boot ended. */
    enum End {
        DONE,
        CUT
    }

    private static final BaseSystem SYSTEM =
            new BaseSystem("Raspberry Pi OS", "trixie", Architecture.ARM64, "2025-10-01");
    private static final String ARMED = "systemd.run=/boot/firmware/swarmctl-firstrun.sh";
    private static final int MOST_BOOTS = 5;
    private static final int PATIENCE_SECONDS = 60;

    private final Path root;
    private final Path programs;

    private BootedCard(Path root) {
        this.root = root;
        this.programs = root.resolveSibling("programs");
    }

    static BootedCard flashed(Path root, CardFiles files, String cmdline) throws Exception {
        BootedCard card = new BootedCard(root);
        card.system();
        card.programs();
        card.write("boot/firmware/cmdline.txt", cmdline + "\n");
        Files.write(card.file("boot/firmware/" + CardFiles.SCRIPT), CardFiles.script());
        Files.write(card.file("boot/firmware/" + CardFiles.SECRETS), files.secrets());
        Files.write(card.file("boot/firmware/" + CardFiles.INFO), CardFiles.json(files.info(SYSTEM)));
        files.writePayload(SYSTEM, card.file("boot/firmware/" + CardFiles.PAYLOAD));
        return card;
    }

    private void system() throws IOException {
        write(
                "etc/passwd",
                "root:x:0:0::/root:/bin/bash\ndaemon:x:1:1::/usr/sbin:/usr/sbin/nologin\npi:x:1000:1000::/home/pi:/bin/bash\n");
        write(
                "etc/shadow",
                "root:*:19000:0:99999:7:::\ndaemon:*:1::::::\nopen::1::::::\npi:$6$salt$hash:19000:0:99999:7:::\n");
        write("etc/locale.gen", "en_GB.UTF-8 UTF-8\n");
        write("etc/default/locale", "LANG=en_GB.UTF-8\n");
        write("etc/default/keyboard", "XKBLAYOUT=\"gb\"\n");
        write("etc/cloud/cloud.cfg", "");
        write("usr/share/zoneinfo/Europe/Berlin", "");
        write("usr/lib/systemd/system/ssh.service", "");
        Files.createSymbolicLink(file("usr/lib/systemd/system/default.target"), Path.of("graphical.target"));
        write("var/lib/systemd/rfkill/platform-mmc:wlan", "1\n");
        write("var/lib/NetworkManager/NetworkManager.state", "WirelessEnabled=false\n");
        write("etc/systemd/system/multi-user.target.wants/other.service", "");
        write("wizard", "asks for a user on the screen");
        program(root.resolve("usr/lib/userconf-pi/userconf"), """
                        [ "$2" = '!' ] && rm -f "$SWARMCTL_FIRSTRUN_ROOT/wizard"
                        cd "$SWARMCTL_FIRSTRUN_ROOT" || exit 1
                        old=$(sed -n 's/^\\([^:]*\\):[^:]*:1000:.*/\\1/p' etc/passwd)
                        [ "$old" != "$1" ] || exit 0
                        sed -i "s/^$old:/$1:/; s:/home/$old\\b:/home/$1:" etc/passwd etc/shadow
                        mv "home/$old" "home/$1"
                        """);
        write("home/pi/.profile", "");
        write("etc/group", "root:x:0:\nsudo:x:27:\n");
    }

    private void programs() throws IOException {
        String wants = "\"$SWARMCTL_FIRSTRUN_ROOT/etc/systemd/system/multi-user.target.wants/$2\"";
        program(
                programs.resolve("systemctl"),
                "echo \"$@\" >>\"$SWARMCTL_FIRSTRUN_ROOT/../systemctl.log\"\ncase $1 in\n  enable) ln -sf \"/usr/lib/systemd/system/$2\" "
                        + wants + " ;;\n" + "  disable) rm -f " + wants + " ;;\n"
                        + "  --no-block) [ ! -e \"$SWARMCTL_FIRSTRUN_ROOT/../forgetful\" ] || [ \"$2\" != start ] || {\n"
                        + "    rm \"$SWARMCTL_FIRSTRUN_ROOT/../forgetful\"\n    exit 5\n  } ;;\nesac");
        program(programs.resolve("sync"), ":");
        program(programs.resolve("chown"), "echo \"$@\" >>\"$SWARMCTL_FIRSTRUN_ROOT/../chown.log\"");
        program(programs.resolve("useradd"), """
                for name in "$@"; do :; done
                cd "$SWARMCTL_FIRSTRUN_ROOT" || exit 1
                ! grep -q "^$name:" etc/passwd || exit 9
                echo "$name:x:1001:1001::/home/$name:/bin/bash" >>etc/passwd
                echo "$name:!:19000:0:99999:7:::" >>etc/shadow
                mkdir -p "home/$name"
                """);
        program(programs.resolve("usermod"), """
                [ "$1 $2 $3" = '--append --groups sudo' ] || exit 1
                cd "$SWARMCTL_FIRSTRUN_ROOT" || exit 1
                sed -i "s/^sudo:x:27:.*/sudo:x:27:$4/" etc/group
                """);
        program(programs.resolve("chpasswd"), """
                [ "$1" = --encrypted ] || exit 1
                IFS=: read -r name hash || exit 1
                echo "$*" >>"$SWARMCTL_FIRSTRUN_ROOT/../chpasswd.log"
                awk -F : -v OFS=: -v name="$name" -v hash="$hash" '$1 == name { $2 = hash } 1' \\
                    "$SWARMCTL_FIRSTRUN_ROOT/etc/shadow" >"$SWARMCTL_FIRSTRUN_ROOT/../shadow.new"
                cat "$SWARMCTL_FIRSTRUN_ROOT/../shadow.new" >"$SWARMCTL_FIRSTRUN_ROOT/etc/shadow"
                """);
        program(programs.resolve("rfkill"), ":");
        program(programs.resolve("locale-gen"), ":");
        // Fails for good after some files, as one whose board loses its power.
        program(programs.resolve("dpkg-deb"), """
                if [ -n "${UNPACK_ONLY:-}" ]; then
                  /usr/bin/dpkg-deb --fsys-tarfile "$2" >"$3/../data.tar"
                  /bin/tar -tf "$3/../data.tar" | head -n "$UNPACK_ONLY" | /bin/tar -C "$3" -xf "$3/../data.tar" -T -
                  kill -9 $PPID
                fi
                exec /usr/bin/dpkg-deb "$@"
                """);
    }

    private static void program(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + text + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void write(String name, String content) throws IOException {
        Files.createDirectories(file(name).getParent());
        Files.writeString(file(name), content);
    }

    Path root() {
        return root;
    }

    Path file(String name) {
        return root.resolve(name);
    }

    List<String> names(String name) throws IOException {
        try (Stream<Path> files = Files.list(file(name))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    String log() throws IOException {
        return Files.readString(file("boot/firmware/swarmctl-firstrun.log"));
    }

    /** Once, systemd does not find a unit that is there. */
    void systemdIsForgetful() throws IOException {
        Files.createFile(root.resolveSibling("forgetful"));
    }

    /** What it asked systemd for, a line each. */
    String askedOfSystemd() throws IOException {
        return Files.readString(root.resolveSibling("systemctl.log"));
    }

    /** What the latest boot printed. */
    String console() throws IOException {
        return Files.readString(root.resolveSibling("console.log"));
    }

    /** Whether the next boot runs the script instead of the system. */
    boolean isArmed() throws IOException {
        return Files.readString(file("boot/firmware/cmdline.txt")).contains(ARMED);
    }

    /** Whether the next boot runs it as a service. */
    boolean goesOn() {
        return Files.exists(file("etc/systemd/system/multi-user.target.wants/swarmctl-firstrun.service"))
                && Files.exists(file("boot/firmware/swarmctl-payload.deb"));
    }

    /** Boots until that changes nothing any more. */
    void bootUntilSettled() throws Exception {
        int boots = 0;
        while (isArmed() || goesOn()) {
            assertThat(boot()).isEqualTo(End.DONE);
            assertThat(++boots).as("boots").isLessThan(MOST_BOOTS);
        }
    }

    End boot() throws Exception {
        return boot(Map.of(), "sh", script());
    }

    /** Cuts the power before that command; counts each that the script executes, from 1. */
    End boot(int command) throws Exception {
        // Subshells have a count of their own: what happens in them belongs to the command that waits for them.
        String cut = "n=0; trap '[ $BASHPID != $$ ] || [ $((n += 1)) -lt " + command
                + " ] || kill -9 $$' DEBUG; set -T; . \"$0\" $1";
        return boot(Map.of(), "bash", "--posix", "-c", cut, script());
    }

    /** Cuts the power when so many files of an archive are unpacked. */
    End bootUntilUnpacked(int files) throws Exception {
        return boot(Map.of("UNPACK_ONLY", Integer.toString(files)), "sh", script());
    }

    private String script() throws IOException {
        return file(isArmed() ? "boot/firmware/swarmctl-firstrun.sh" : "opt/swarmctl/firstrun.sh")
                .toString();
    }

    private End boot(Map<String, String> environment, String... command) throws Exception {
        List<String> words = new ArrayList<>(List.of(command));
        if (!isArmed()) {
            words.add("again");
        }
        ProcessBuilder builder = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(root.resolveSibling("console.log").toFile());
        builder.environment().putAll(environment);
        builder.environment().put("SWARMCTL_FIRSTRUN_ROOT", root.toString());
        builder.environment().put("PATH", programs + ":/usr/sbin:/usr/bin:/sbin:/bin");
        Process process = builder.start();
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .as("ends")
                .isTrue();
        int killed = 128 + 9;
        assertThat(process.exitValue())
                .as(Files.readString(root.resolveSibling("console.log")))
                .isIn(0, killed);
        return process.exitValue() == killed ? End.CUT : End.DONE;
    }

    /** Every file by its name: mode, and content's fingerprint or where a link leads. Logs may differ. */
    Map<String, String> state() throws IOException {
        Map<String, String> state = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file :
                    files.filter(file -> !file.toString().endsWith(".log")).toList()) {
                state.put(root.relativize(file).toString(), state(file));
            }
        }
        return state;
    }

    private static String state(Path file) throws IOException {
        if (Files.isSymbolicLink(file)) {
            return "-> " + Files.readSymbolicLink(file);
        }
        String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS));
        return Files.isDirectory(file)
                ? mode
                : mode + " " + HexFormat.of().formatHex(Fingerprint.sha256(Files.readAllBytes(file)));
    }
}
