package io.swarmctl.controller.cli;

import static io.swarmctl.controller.image.TestTools.need;
import static io.swarmctl.controller.image.TestTools.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.swarmctl.controller.cli.Typist.Result;
import io.swarmctl.controller.image.flash.DiskTree;
import io.swarmctl.controller.image.flash.LoopDevices;
import io.swarmctl.controller.image.flash.SysFiles;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** {@code swarmctl image flash} and {@code devices}, onto real block devices. */
class FlashCommandsTest {
    private static final int CARD = 32 << 20;

    @TempDir
    Path home;

    private LoopDevices devices;
    private Typist typist;
    private Path image;
    private byte[] content;

    @BeforeEach
    void prepare() throws IOException {
        devices = new LoopDevices();
        typist = new Typist(home).with("TMPDIR", home.toString());
        content = new byte[10 << 20];
        new Random(5).nextBytes(content);
        image = Files.write(home.resolve("fleet.img"), content);
    }

    @AfterEach
    void cleanUp() {
        if (devices != null) {
            devices.close();
        }
    }

    private Path card(String name) throws IOException {
        return devices.card(home.resolve(name), CARD);
    }

    private Result flash(Object... words) {
        List<String> all = new ArrayList<>(List.of("image", "flash"));
        Arrays.stream(words).forEach(word -> all.add(word.toString()));
        return typist.types(all.toArray(new String[0]));
    }

    private void assertFlashed(String name) throws IOException {
        byte[] found = Arrays.copyOf(Files.readAllBytes(home.resolve(name)), content.length);
        assertThat(Arrays.mismatch(found, content)).isEqualTo(-1);
    }

    private void assertUntouched(String name) throws IOException {
        assertThat(Files.readAllBytes(home.resolve(name))).containsOnly(0);
    }

    @Test
    void itShowsWhatWouldBeOverwrittenAndAsks() throws Exception {
        Path card = card("card");

        Result refused = typist.answering("n").types("image", "flash", "--force", "" + image, "" + card);
        assertThat(refused.err())
                .contains("  " + card + "   33.6 MB   loop device, ")
                .contains("error: not flashed\n  nothing was changed\n");
        assertThat(refused.exitCode()).isEqualTo(1);
        assertUntouched("card");

        Result done = typist.answering("y").types("image", "flash", "--force", "" + image, "" + card);
        assertThat(done.exitCode()).as(done.err()).isZero();
        assertThat(done.out()).contains(card.toString()).contains("good").endsWith("1 card good\n");
        assertFlashed("card");
    }

    @Test
    void whereNobodyCanBeAskedItNeedsYes() throws Exception {
        Result refused = flash(image, card("card"), "--force");

        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains("then add --yes");
        assertUntouched("card");
    }

    @Test
    void oneRefusalKeepsAllCardsAsTheyAre() throws Exception {
        Path card = card("card");

        Result refused = flash(image, card, "/dev/null", "--yes", "--force");

        assertThat(refused.err()).contains("error: /dev/null is no block device\n");
        assertThat(refused.exitCode()).isEqualTo(2);
        assertUntouched("card");
    }

    @Test
    void loopDevicesNeedForce() throws Exception {
        Result refused = flash(image, card("card"), "--yes");

        assertThat(refused.err()).contains("add --force");
        assertThat(refused.exitCode()).isEqualTo(1);
        assertUntouched("card");
    }

    @Test
    void aLinkToTheSameDeviceIsTheSameDevice() throws Exception {
        Path card = card("card");
        Path link = Files.createSymbolicLink(home.resolve("by-id"), card);

        Result refused = flash(image, card, link, "--yes", "--force");

        assertThat(refused.err()).contains(card + " and " + link + " are the same device");
        assertThat(refused.exitCode()).isEqualTo(2);
    }

    @Test
    void aCardThatIsTooSmallIsRefused() throws Exception {
        Path small = devices.card(home.resolve("small"), 8 << 20);

        Result refused = flash(image, small, "--yes", "--force");

        assertThat(refused.err()).contains("is too small: it holds 8.4 MB, and the image has 10.5 MB");
        assertThat(refused.exitCode()).isEqualTo(1);
        assertUntouched("small");
    }

    @Test
    void mountedCardsAreUnmounted() throws Exception {
        need("mkfs.ext4");
        Path card = card("card");
        run("mkfs.ext4", "-q", card.toString());
        Path point = Files.createDirectory(home.resolve("my card"));
        run("mount", card.toString(), point.toString());

        try {
            Result asked = typist.answering("n").types("image", "flash", "--force", "" + image, "" + card);
            assertThat(asked.err()).contains("mounted at " + point);
            assertThat(asked.exitCode()).isEqualTo(1);
            assertThat(point.resolve("lost+found")).exists();
            Result done = flash(image, card, "--force", "--yes");
            assertThat(done.exitCode()).as(done.err()).isZero();
            assertThat(point.resolve("lost+found")).doesNotExist();
        } finally {
            io.swarmctl.controller.image.TestTools.tryToRun("umount", point.toString());
        }
        assertFlashed("card");
    }

    @Test
    void aMountThatIsBusyIsNotTornDown() throws Exception {
        need("mkfs.ext4");
        Path card = card("card");
        run("mkfs.ext4", "-q", card.toString());
        Path point = Files.createDirectory(home.resolve("point"));
        run("mount", card.toString(), point.toString());

        try (RandomAccessFile user =
                new RandomAccessFile(point.resolve("in-use").toFile(), "rw")) {
            Result refused = flash(image, card, "--force", "--yes");

            assertThat(refused.exitCode()).isEqualTo(1);
            assertThat(refused.err()).contains("cannot unmount " + card).contains("nothing was written");
            assertThat(user.length()).isZero();
        } finally {
            run("umount", point.toString());
        }
    }

    @Test
    void threeOfFourAreGoodWhenOneBreaks() throws Exception {
        Path broken = devices.breakingCard(home.resolve("tmpfs"), CARD, 4);

        Result some = flash(image, card("a"), broken, card("b"), card("c"), "--yes", "--force", "-o", "json");

        assertThat(some.exitCode()).isEqualTo(1);
        JsonArray cards = new JsonObject(some.out()).getJsonArray("cards");
        assertThat(cards.stream().map(card -> ((JsonObject) card).getString("state")))
                .containsExactly("good", "failed", "good", "good");
        assertThat(some.err())
                .containsPattern("error: " + broken + " failed: (Input/output error|No space left on device)\n")
                .contains("take another card or reader");
        assertFlashed("a");
        assertFlashed("b");
        assertFlashed("c");
    }

    @ParameterizedTest
    @ValueSource(strings = {"xz", "gzip", "zstd", "zip"})
    void packedImagesAreUnpackedOnce(String packer) throws Exception {
        need(packer);
        Path packed = home.resolve("packed");
        run("sh", "-c", packer + ("zip".equals(packer) ? " -q - " : " -c ") + image + " >" + packed);
        Path card = card("card");

        Result done = flash(packed, card, "--yes", "--force");

        assertThat(done.exitCode()).as(done.err()).isZero();
        assertFlashed("card");
        try (var left = Files.list(home)) {
            assertThat(left).noneMatch(file -> file.getFileName().toString().startsWith("swarmctl-flash"));
        }
    }

    @Test
    void aDamagedArchiveIsFoundBeforeAnythingIsWritten() throws Exception {
        need("gzip");
        Path packed = home.resolve("packed");
        run("sh", "-c", "gzip -c " + image + " | head -c 5000000 >" + packed);

        Result refused = flash(packed, card("card"), "--yes", "--force");

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).contains("is damaged or incomplete");
        assertUntouched("card");
    }

    @Test
    void anyImageMayBeFlashedWithAWarning() throws Exception {
        Result done = flash(image, card("card"), "--yes", "--force", "--no-verify");

        assertThat(done.err()).contains("warning: this is no disk image");
        assertThat(done.exitCode()).isZero();
        assertFlashed("card");
    }

    @Test
    void anEmptyImageIsRefused() throws Exception {
        Result refused = flash(Files.createFile(home.resolve("empty.img")), card("card"), "--yes", "--force");

        assertThat(refused.err()).contains("is empty");
        assertThat(refused.exitCode()).isEqualTo(1);
    }

    @Test
    void devicesListsLoopsOnlyWhenTheyAreNamedOrAllAre() throws Exception {
        Path card = card("card");

        assertThat(typist.types("image", "devices").out()).doesNotContain("/dev/loop");
        assertThat(typist.types("image", "devices", card.toString()).out()).contains(card + " ");
        assertThat(typist.types("image", "devices", "--all").out()).contains(card + " ");
    }

    /** Other systems have no /sys/block; here there is a laptop made of directories. */
    private Result on(SysFiles machine, String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
        Surroundings surroundings = new Surroundings(
                print, print, new ByteArrayInputStream(new byte[0]), Map.of(), home, null, 0, time -> {});
        CommandLine command = new CommandLine(new ImageDevices(surroundings, machine));
        command.setExecutionExceptionHandler(new Failures(surroundings));
        int exitCode = command.execute(words);
        return new Result(exitCode, out.toString(StandardCharsets.UTF_8), "");
    }

    @Test
    void devicesTellsWhatMayBeFlashedAndWhyOthersMayNot() {
        SysFiles laptop = DiskTree.laptop(home.resolve("laptop"))
                .mount("8:1", "/dev/sda1", "/media/ada/bootfs")
                .files();

        assertThat(on(laptop).out()).isEqualTo("""
                DEVICE         SIZE       MODEL                    CID                                FOR FLASHING
                /dev/mmcblk0   31.9 GB    SC32G                    035344534333324780a1b2c3d4015100   yes
                /dev/nvme0n1   500.0 GB   KXG60ZNV512G             -                                  no: /dev/nvme0n1 is the system disk: /boot/efi is on it
                /dev/sda       15.9 GB    Generic STORAGE DEVICE   -                                  yes, once unmounted from /media/ada/bootfs
                """);
        JsonArray json = new JsonArray(on(laptop, "-o", "json").out());
        assertThat(json.getJsonObject(2).getJsonArray("mounted").getString(0)).isEqualTo("/media/ada/bootfs");
        assertThat(json.getJsonObject(0).getString("cid")).startsWith("0353");
    }

    @Test
    void otherSystemsAreToldToTakeAnyFlasher() {
        Result refused = on(new SysFiles(home.resolve("no-linux")));

        assertThat(refused.out()).contains("flashes cards on Linux only").contains("any flasher");
        assertThat(refused.exitCode()).isEqualTo(1);
    }

    /** A card reader that takes 1 MB/s, made by the kernel's own limit: the whole image would take half a minute. */
    private Process slowFlash(Path control, Path card, Path output) throws IOException {
        String number = run("cat", "/sys/block/" + card.getFileName() + "/dev").strip();
        Files.writeString(control.resolve("blkio.throttle.write_bps_device"), number + " 1048576\n");
        return new ProcessBuilder(
                        "sh",
                        "-c",
                        "echo $$ >" + control.resolve("cgroup.procs") + "; exec \"$@\"",
                        "sh",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.swarmctl.controller.Main",
                        "image",
                        "flash",
                        image.toString(),
                        card.toString(),
                        "--yes",
                        "--force")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    @Test
    void ctrlCTellsWhatIsHalfWrittenAtOnce() throws Exception {
        Path group = Path.of("/sys/fs/cgroup/blkio");
        assumeTrue(Files.exists(group.resolve("blkio.throttle.write_bps_device")), "needs the blkio cgroup, version 1");
        Path control = Files.createDirectory(
                group.resolve("swarmctl-test-" + ProcessHandle.current().pid()));
        content = new byte[28 << 20];
        new Random(6).nextBytes(content);
        Files.write(image, content);
        Path card = card("card");
        Path output = home.resolve("output");
        Process process = slowFlash(control, card, output);
        try {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> Files.readString(output).contains("writing"));
            long begun = System.nanoTime();
            run("kill", "-INT", "" + process.pid());

            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(15));
            assertThat(process.exitValue()).isEqualTo(130);
            assertThat(Files.readString(output))
                    .contains("0 of 1 cards good")
                    .contains("error: " + card + " is half-written\n  flash it again: it does not boot\n");
        } finally {
            process.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
            await().atMost(Duration.ofSeconds(10)).until(() -> {
                Files.deleteIfExists(control);
                return true;
            });
        }
    }
}
