package io.swarmctl.controller.image.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.swarmctl.controller.image.disk.ImageException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BaseDetectionTest {
    private static final long SIZE = 512L << 20;
    private static final String ISSUE = "Raspberry Pi reference 2025-10-01\nGenerated using pi-gen, stage2\n";
    private static final String BOOKWORM = "console=tty1 root=PARTUUID=4e639091-02 rootfstype=ext4 fsck.repair=yes "
            + "rootwait quiet init=/usr/lib/raspberrypi-sys-mods/firstboot\n";
    private static final String TRIXIE = "console=tty1 root=PARTUUID=4e639091-02 rootfstype=ext4 rootwait resize\n";
    private static final String BOOTED = "console=tty1 root=PARTUUID=4e639091-02 rootfstype=ext4 rootwait\n";
    private static final List<String> ARM64 = List.of("kernel8.img", "kernel_2712.img", "cmdline.txt", "issue.txt");
    private static final List<String> ARMHF =
            List.of("kernel.img", "kernel7.img", "kernel7l.img", "kernel8.img", "cmdline.txt", "issue.txt");

    private static BootFiles files(List<String> names, String cmdline, String issue) {
        return new BootFiles(names, SIZE, false, cmdline, issue, "", "");
    }

    private static String refusal(BootFiles files) {
        ImageException refused = catchThrowableOfType(ImageException.class, () -> BaseDetection.detect(files));
        assertThat(refused.remedy()).isNotEmpty();
        return refused.getMessage();
    }

    @Test
    void publishedImagesAreKnown() throws ImageException {
        assertThat(BaseDetection.detect(files(ARM64, BOOKWORM, ISSUE)).words())
                .isEqualTo("Raspberry Pi OS bookworm arm64 of 2025-10-01");
        assertThat(BaseDetection.detect(files(ARMHF, TRIXIE, ISSUE)).words())
                .isEqualTo("Raspberry Pi OS trixie armhf of 2025-10-01");
    }

    @ParameterizedTest
    @CsvSource({
        "vmlinuz-6.1.0-28-arm64, Debian bookworm arm64",
        "vmlinuz-6.12.43+deb13-armmp, Debian trixie armhf",
        "vmlinuz-6.1.0-28-amd64, Debian bookworm amd64"
    })
    void plainDebianIsKnownByItsKernel(String kernel, String words) throws ImageException {
        BootFiles debian = files(List.of(kernel, "cmdline.txt"), "root=LABEL=RASPIROOT rw", "");

        assertThat(BaseDetection.detect(debian).words()).isEqualTo(words);
    }

    @Test
    void publishedCloudInitFilesAreNoCustomization() throws ImageException {
        BootFiles files = new BootFiles(
                ARM64,
                SIZE,
                false,
                TRIXIE,
                ISSUE,
                "#cloud-config\n# a comment\nssh_pwauth: false\n",
                "network:\n  version: 2\n#  wifis:\n");

        assertThat(BaseDetection.detect(files).release()).isEqualTo("trixie");
    }

    @ParameterizedTest
    @CsvSource({
        "firstrun.sh",
        "userconf",
        "userconf.txt",
        "custom.toml",
        "ssh",
        "wpa_supplicant.conf",
        "swarmctl-firstrun.sh"
    })
    void whatOthersLeaveBehindIsNoticed(String name) {
        List<String> names = new ArrayList<>(ARM64);
        names.add(name);

        assertThat(refusal(files(names, BOOKWORM, ISSUE))).containsAnyOf("customized: it has " + name, "swarmctl");
    }

    @Test
    void aCustomizedImageIsRefused() {
        assertThat(refusal(files(ARM64, TRIXIE.strip() + " systemd.run=/boot/firstrun.sh", ISSUE)))
                .contains("systemd.run");
        assertThat(refusal(new BootFiles(ARM64, SIZE, false, TRIXIE, ISSUE, "#cloud-config\nhostname: a\n", "")))
                .contains("user-data");
        assertThat(refusal(new BootFiles(ARM64, SIZE, false, TRIXIE, ISSUE, "", "network:\n  wifis:\n    wlan0:\n")))
                .contains("network-config");
    }

    @Test
    void aSystemThatHasBootedIsRefused() {
        assertThat(refusal(files(ARM64, BOOTED, ISSUE))).contains("has booted");
        assertThat(refusal(new BootFiles(ARM64, SIZE, true, TRIXIE, ISSUE, "", "")))
                .contains("in use");
    }

    @Test
    void olderAndUnknownSystemsAreRefused() {
        assertThat(refusal(new BootFiles(ARMHF, 256L << 20, false, BOOKWORM, ISSUE, "", "")))
                .contains("older than Bookworm");
        assertThat(refusal(files(ARM64, BOOKWORM, "Raspberry Pi reference 2023-05-03")))
                .contains("older");
        assertThat(refusal(files(List.of("vmlinuz-5.10.0-8-arm64"), "rw", ""))).contains("5.10");
        assertThat(refusal(files(List.of("start.elf"), "rw", ""))).contains("neither");
        assertThat(refusal(files(List.of("kernel.img"), TRIXIE, ISSUE))).contains("no kernel");
    }

    @Test
    void theCommandLineRunsTheScriptLast() {
        KernelArguments armed = KernelArguments.of(TRIXIE + "\n").running("/boot/firmware/swarmctl-firstrun.sh", "DE");

        assertThat(armed.line())
                .isEqualTo("console=tty1 root=PARTUUID=4e639091-02 rootfstype=ext4 rootwait resize"
                        + " cgroup_enable=memory cfg80211.ieee80211_regdom=DE"
                        + " systemd.run=/boot/firmware/swarmctl-firstrun.sh systemd.run_success_action=none"
                        + " systemd.run_failure_action=reboot systemd.unit=kernel-command-line.target\n");
    }

    @Test
    void anotherCountryReplacesTheFirst() {
        KernelArguments armed = KernelArguments.of("a cfg80211.ieee80211_regdom=GB cgroup_disable=memory b")
                .running("/s", "DE");

        assertThat(armed.words()).startsWith("a", "b", "cgroup_enable=memory", "cfg80211.ieee80211_regdom=DE");
    }
}
