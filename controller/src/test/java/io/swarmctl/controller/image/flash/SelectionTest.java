package io.swarmctl.controller.image.flash;

import static io.swarmctl.controller.image.flash.DiskTree.node;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which devices are taken, and why others are not, on a laptop made of directories. */
class SelectionTest {
    private static final long IMAGE = 3_000_000_000L;
    private static final Order ORDER = new Order("/home/ada/fleet.img", IMAGE, false);
    private static final Order FORCED = new Order("/home/ada/fleet.img", IMAGE, true);

    @TempDir
    Path root;

    private DiskTree laptop;

    @BeforeEach
    void prepare() {
        laptop = DiskTree.laptop(root);
    }

    private Selection select(Order order, String... typed) {
        List<Node> nodes = Arrays.stream(typed)
                .map(path -> node(path, DiskTree.numbers().get(path)))
                .toList();
        return Selection.of(nodes, laptop.read(), order);
    }

    private void refuses(String typed, Order order, String problem, String remedy) {
        assertThat(select(order, typed).refusals()).singleElement().satisfies(refusal -> {
            assertThat(refusal.problem()).isEqualTo(problem);
            assertThat(refusal.remedy()).contains(remedy);
        });
    }

    @Test
    void cardsAreTakenFromTheSlotAndFromUsb() {
        Selection selection = select(ORDER, "/dev/mmcblk0", "/dev/sda");

        assertThat(selection.refusals()).isEmpty();
        assertThat(selection.targets())
                .extracting(
                        target -> target.disk().model(), target -> target.disk().cid())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("SC32G", "035344534333324780a1b2c3d4015100"),
                        org.assertj.core.groups.Tuple.tuple("Generic STORAGE DEVICE", ""));
    }

    @Test
    void theSystemDiskIsRefusedEvenByForce() {
        refuses("/dev/nvme0n1", FORCED, "/dev/nvme0n1 is the system disk: /boot/efi is on it", "never overwritten");
    }

    @Test
    void theSystemDiskIsFoundThroughEncryptionAndVolumes() {
        laptop.holds("sda/sda1", "dm-0", "253:0")
                .holds("dm-0", "dm-1", "253:1")
                .mount("0:31", "/dev/mapper/vg-usr", "/usr")
                .alias("mapper/vg-usr", "dm-1");

        refuses("/dev/sda", FORCED, "/dev/sda is the system disk: /usr is on it", "never overwritten");
    }

    @Test
    void theSystemDiskIsFoundWhenOnlyTheUpperDiskTellsWhatItStandsOn() {
        laptop.disk("md0", "9:0", "virtual", 10_000_000_000L).with("slaves/sda1/dev", "8:1");
        laptop.mount("9:0", "/dev/md0", "/boot");

        refuses("/dev/sda", FORCED, "/dev/sda is the system disk: /boot is on it", "never overwritten");
    }

    @Test
    void swapIsSystemAsADeviceAndAsAFile() {
        laptop.swap("/dev/sda1").mount("179:1", "/dev/mmcblk0p1", "/data").swap("/data/swap\\040file");

        refuses("/dev/sda", FORCED, "/dev/sda is the system disk: swap is on it", "never overwritten");
        refuses("/dev/mmcblk0", FORCED, "/dev/mmcblk0 is the system disk: swap is on it", "never overwritten");
    }

    @Test
    void whatOthersAreBuiltOnIsRefused() {
        laptop.holds("sda/sda1", "dm-0", "253:0");

        refuses("/dev/sda", FORCED, "/dev/sda is in use: dm-0 is built on it (LVM, LUKS or RAID)", "cryptsetup close");
    }

    @Test
    void mountedCardsAreTakenAndSayWhatHasToBeUnmounted() {
        laptop.mount("8:1", "/dev/sda1", "/media/ada/My\\040card").mount("8:1", "/dev/sda1", "/mnt");

        assertThat(select(ORDER, "/dev/sda").targets().get(0).mounted())
                .extracting(Mount::point)
                .containsExactly("/media/ada/My card", "/mnt");
    }

    @Test
    void whatAContainerHasMountedIsRefused() {
        laptop.mountElsewhere(77, "dockerd", "8:1", "/dev/sda1", "/var/lib/docker");

        refuses(
                "/dev/sda",
                FORCED,
                "/dev/sda is in use: process 77 (dockerd) has it mounted at /var/lib/docker",
                "end that process");
    }

    @Test
    void theDiskThatTheImageLiesOnIsRefused() {
        laptop.mount("8:1", "/dev/sda1", "/home/ada");

        refuses("/dev/sda", ORDER, "/dev/sda is where the image itself lies", "copy the image");
    }

    @Test
    void anImageBesideTheMountedCardIsNoReason() {
        laptop.mount("8:1", "/dev/sda1", "/home/a").mount("179:1", "/dev/mmcblk0p1", "/home/ada/fleet");

        assertThat(select(ORDER, "/dev/sda", "/dev/mmcblk0").refusals()).isEmpty();
    }

    @Test
    void disksInsideAreRefusedUnlessForced() {
        laptop.disk("sdb", "8:16", "pci0000:00/ata1/host0/target0:0:0/0:0:0:0", 4_000_000_000_000L);
        List<Node> inside = List.of(node("/dev/sdb", "8:16"));

        assertThat(Selection.of(inside, laptop.read(), ORDER).refusals())
                .singleElement()
                .satisfies(refusal -> assertThat(refusal.remedy()).contains("--force"));
        assertThat(Selection.of(inside, laptop.read(), FORCED).refusals()).isEmpty();
    }

    @Test
    void solderedFlashIsNoCard() {
        laptop.at("mmcblk0").with("device/type", "MMC");

        refuses(
                "/dev/mmcblk0",
                ORDER,
                "/dev/mmcblk0 is not removable, and neither an SD card nor on USB",
                "if you are sure");
    }

    @Test
    void lockedCardsAreRefused() {
        laptop.at("sda").with("ro", "1");

        refuses("/dev/sda", ORDER, "/dev/sda is read-only", "unlock the switch");
    }

    @Test
    void emptyReadersAreRefused() {
        laptop.at("sda").with("size", "0");

        refuses("/dev/sda", FORCED, "there is no card in /dev/sda", "put one in");
    }

    @Test
    void smallCardsAreRefused() {
        laptop.at("sda").with("size", "" + (IMAGE / 512 - 1));

        refuses(
                "/dev/sda",
                ORDER,
                "/dev/sda is too small: it holds 3.0 GB, and the image has 3.0 GB",
                "take a larger card");
    }

    @Test
    void partitionsAreRefusedWithTheirDisk() {
        refuses("/dev/sda1", ORDER, "/dev/sda1 is a partition", "give the whole device: /dev/sda");
    }

    @Test
    void oneDeviceUnderTwoNamesIsRefused() {
        List<Node> twice = List.of(node("/dev/sda", "8:0"), node("/dev/disk/by-id/usb-Generic", "8:0"));

        assertThat(Selection.of(twice, laptop.read(), ORDER).refusals())
                .containsExactly(new Refusal(
                        "/dev/sda and /dev/disk/by-id/usb-Generic are the same device", "name it once", true));
    }

    @Test
    void filesAreRefused() {
        refuses("/etc/passwd", ORDER, "/etc/passwd is no block device", "swarmctl image devices");
    }

    @Test
    void withoutPermissionItSaysSudo() {
        Node locked = new Node("/dev/sda", Path.of("/dev/sda"), "8:0", true, false);

        assertThat(Selection.of(List.of(locked), laptop.read(), ORDER).refusals())
                .containsExactly(new Refusal("you have no permission to write to /dev/sda", "run it with sudo", false));
    }

    @Test
    void allReasonsAreToldAtOnce() {
        Selection selection = select(ORDER, "/dev/nvme0n1", "/dev/sda1", "/dev/mmcblk0");

        assertThat(selection.refusals()).hasSize(2);
        assertThat(selection.targets()).hasSize(1);
    }

    @Test
    void whatADeviceSaysOfItselfCannotPaintTheTerminal() {
        laptop.at("sda").with("device/model", "evil\u001b[2J");

        assertThat(select(ORDER, "/dev/sda").targets().get(0).disk().model()).isEqualTo("Generic evil?[2J");
    }

    @Test
    void linuxPacksDeviceNumbersSo() {
        assertThat(Node.number(0x800)).isEqualTo("8:0");
        assertThat(Node.number(0x10301)).isEqualTo("259:1");
        assertThat(Node.number(0x11110370)).isEqualTo("259:70000");
        assertThat(Node.number(0x100000038803L)).isEqualTo("5000:3");
    }
}
