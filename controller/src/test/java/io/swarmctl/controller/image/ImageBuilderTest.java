package io.swarmctl.controller.image;

import static io.swarmctl.controller.image.TestTools.need;
import static io.swarmctl.controller.image.TestTools.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.swarmctl.controller.image.card.CardKit;
import io.swarmctl.controller.image.card.CardSettings;
import io.swarmctl.controller.image.card.DockerDirectory;
import io.swarmctl.controller.image.card.ImageInfo;
import io.swarmctl.controller.image.disk.ImageException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole images, looked at by fsck.vfat, mtools and tar. */
class ImageBuilderTest {
    @TempDir
    Path directory;

    private CardKit kit;
    private Path out;
    private int asked;

    @BeforeEach
    void prepare() throws IOException {
        need("mkfs.vfat", "fsck.vfat", "mcopy", "mtype", "tar", "dd", "cp", "xz", "zstd", "gzip", "zip");
        kit = TestKit.in(directory.resolve("kit"));
        out = directory.resolve("fleet.img");
    }

    private ImageInfo build(Path base) throws ImageException {
        return new ImageBuilder(kit, (doing, done, total) -> {}).build(base, out, false, this::settings);
    }

    private CardSettings settings() throws ImageException {
        asked++;
        return TestSettings.full();
    }

    private ImageException refusal(Path base) {
        ImageException refused = catchThrowableOfType(ImageException.class, () -> build(base));
        assertThat(refused).isNotNull();
        assertThat(refused.remedy()).isNotEmpty();
        return refused;
    }

    private void nothingWasLeft(Path base) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).containsExactlyInAnyOrder(base, directory.resolve("kit"));
        }
    }

    private Path trixie() throws IOException {
        return TestBase.trixie().writeTo(directory.resolve("base.img"));
    }

    private String boot(String name) {
        return run("mtype", "-i", out + "@@" + TestBase.BOOT_START, "::" + name);
    }

    /** A copy of a file of the boot partition. */
    private Path copied(String name) {
        Path copy = directory.resolve(name);
        run("mcopy", "-n", "-i", out + "@@" + TestBase.BOOT_START, "::" + name, copy.toString());
        return copy;
    }

    private void bootPartitionIsSound() throws IOException {
        Path boot = directory.resolve("boot.img");
        run(
                "dd",
                "if=" + out,
                "of=" + boot,
                "bs=1M",
                "conv=sparse",
                "status=none",
                "skip=" + (TestBase.BOOT_START >> 20),
                "count=" + (TestBase.BOOT_SIZE >> 20));
        assertThat(run("fsck.vfat", "-n", boot.toString())).doesNotContain("wrong", "Orphan");
        Files.delete(boot);
    }

    static Stream<Arguments> layouts() {
        return Stream.of(
                Arguments.of("bookworm", TestBase.bookworm(), TestBase.BOOKWORM),
                Arguments.of("trixie", TestBase.trixie(), TestBase.TRIXIE));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("layouts")
    void theFilesAreOnTheBootPartitionAndTheRestIsAsItWas(String release, TestBase made, String cmdline)
            throws Exception {
        Path base = made.writeTo(directory.resolve("base.img"));
        Path before = directory.resolve("before.img");
        run("cp", "--sparse=always", base.toString(), before.toString());

        ImageInfo info = build(base);

        assertThat(info.base()).isEqualTo("Raspberry Pi OS " + release + " arm64 of 2025-10-01");
        bootPartitionIsSound();
        assertThat(boot("cmdline.txt"))
                .startsWith(cmdline.strip() + " cgroup_enable=memory cfg80211.ieee80211_regdom=DE systemd.run=")
                .endsWith(" systemd.unit=kernel-command-line.target\n");
        assertThat(boot("config.txt")).isEqualTo("arm_64bit=1\n");
        assertThat(boot("swarmctl-firstrun.sh")).startsWith("#!/bin/sh\n").endsWith("exit 0\n");
        assertThat(Files.mismatch(base, before)).as("the base").isEqualTo(-1);
        assertThat(run("cmp", "--bytes=" + TestBase.BOOT_START, base.toString(), out.toString()))
                .isEmpty();
        long root = TestBase.BOOT_START + TestBase.BOOT_SIZE;
        assertThat(run("cmp", "--ignore-initial=" + root, base.toString(), out.toString()))
                .isEmpty();
    }

    @Test
    void thePayloadUnpacksToTheSystemsPlaces() throws Exception {
        build(trixie());

        Path unpacked = Files.createDirectory(directory.resolve("unpacked"));
        run("dpkg-deb", "--extract", copied("swarmctl-payload.deb").toString(), unpacked.toString());
        run("tar", "-xf", copied("swarmctl-secrets.tar").toString(), "-C", unpacked.toString());
        assertThat(unpacked.resolve("opt/swarmctl/runtime/arm64")).doesNotExist();
        assertThat(unpacked.resolve("opt/swarmctl/runtime/bin/java"))
                .isExecutable()
                .hasSameBinaryContentAs(kit.directory().resolve("runtime/arm64/bin/java"));
        assertThat(unpacked.resolve("opt/swarmctl/runtime/legal/java.base/LICENSE"))
                .exists();
        assertThat(unpacked.resolve("opt/swarmctl/agent/swarm-agent-start")).isExecutable();
        assertThat(unpacked.resolve("etc/systemd/system/swarm-agent.service")).exists();
        assertThat(unpacked.resolve("etc/swarm-agent/agent.conf"))
                .content()
                .contains("controllers=192.168.1.5,controller.lan:9444\nmdns=true\n");
        assertThat(unpacked.resolve("etc/swarm-agent/ca.crt")).hasContent(TestSettings.CA);
        for (String secret : List.of(
                "etc/swarm-agent/enrolment.key", "etc/NetworkManager/system-connections/swarmctl-wifi.nmconnection")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(unpacked.resolve(secret))))
                    .isEqualTo("rw-------");
        }
        assertThat(unpacked.resolve("etc/swarm-agent/enrolment.key")).hasContent(TestSettings.KEY);
    }

    @Test
    void dockersPackagesAreOnTheCardWhereTheAgentLooksForThem() throws Exception {
        kit = kit.with(TestDocker.in(directory.resolve("docker"), "trixie", "arm64"));

        assertThat(build(trixie()).docker()).isEqualTo("docker.io 26.1");

        assertThat(run("dpkg-deb", "--contents", copied("swarmctl-payload.deb").toString()))
                .contains("opt/swarmctl/packages/" + TestDocker.PACKAGE + "\n", "opt/swarmctl/packages/Packages\n");
    }

    /** What the packages are for, and the command that gathers the right ones. */
    @ParameterizedTest
    @CsvSource({"bookworm, arm64", "trixie, armhf"})
    void packagesForAnotherSystemAreRefused(String release, String architecture) throws Exception {
        kit = kit.with(TestDocker.in(directory.resolve("docker"), release, architecture));

        ImageException refused = refusal(trixie());

        assertThat(refused).hasMessageContaining("are for " + release + " " + architecture);
        assertThat(refused.remedy()).contains("fetch-docker --arch arm64 --suite trixie");
        assertThat(out).doesNotExist();
    }

    @Test
    void packagesThatAreMissingOrDamagedAreRefused() throws Exception {
        Path packages = directory.resolve("docker");
        kit = kit.with(TestDocker.in(packages, "trixie", "arm64"));
        Path base = trixie();

        Files.writeString(packages.resolve(TestDocker.PACKAGE), "something else");
        assertThat(refusal(base)).hasMessageContaining(TestDocker.PACKAGE + " is missing or damaged");
        Files.delete(packages.resolve(TestDocker.PACKAGE));
        assertThat(refusal(base)).hasMessageContaining(TestDocker.PACKAGE + " is missing or damaged");

        Files.delete(packages.resolve("swarmctl-docker.json"));
        assertThat(catchThrowableOfType(ImageException.class, () -> DockerDirectory.open(packages)))
                .hasMessageContaining("no packages of Docker");
    }

    @ParameterizedTest
    @ValueSource(strings = {"xz", "zstd", "gzip", "zip"})
    void aPackedImageTellsWhatItIsToo(String packer) throws Exception {
        ImageInfo built = build(trixie());
        Path packed = packed(out, packer);

        assertThat(ImageInspection.inspect(packed)).isEqualTo(built);
    }

    @Test
    void onlyItsOwnerReadsTheImage() throws Exception {
        build(trixie());

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(out)))
                .isEqualTo("rw-------");
    }

    @Test
    void theSameInputsGiveTheSameBytes() throws Exception {
        Path base = TestBase.bookworm().writeTo(directory.resolve("base.img"));
        build(base);
        Path first = Files.move(out, directory.resolve("first.img"));

        build(base);

        assertThat(Files.mismatch(first, out)).isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"xz", "zstd", "gzip", "zip"})
    void aPackedBaseGivesTheSameImage(String packer) throws Exception {
        Path base = trixie();
        build(base);
        Path fromRaw = Files.move(out, directory.resolve("raw.img"));

        build(packed(base, packer));

        assertThat(Files.mismatch(fromRaw, out)).isEqualTo(-1);
    }

    /** With quick settings: there is little to win with zeros. */
    private Path packed(Path base, String packer) {
        Path result = directory.resolve("packed." + packer);
        switch (packer) {
            case "xz" -> run("sh", "-c", "xz -0 -T0 -c " + base + " >" + result);
            case "zstd" -> run("zstd", "-q", "-1", base.toString(), "-o", result.toString());
            case "gzip" -> run("sh", "-c", "gzip -1 -c " + base + " >" + result);
            default -> run("zip", "-q", "-1", "-j", result.toString(), base.toString());
        }
        return result;
    }

    @ParameterizedTest
    @ValueSource(strings = {"xz", "zstd", "gzip", "zip"})
    void aCutOffArchiveIsRefused(String packer) throws Exception {
        Path base = trixie();
        Path packed = packed(base, packer);
        Files.delete(base);
        try (RandomAccessFile file = new RandomAccessFile(packed.toFile(), "rw")) {
            file.setLength(file.length() - 10);
        }

        assertThat(refusal(packed)).hasMessageContaining("damaged or incomplete");
        nothingWasLeft(packed);
        assertThat(asked).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"xz", "zstd", "gzip", "zip"})
    void aCorruptArchiveIsRefused(String packer) throws Exception {
        Path base = trixie();
        Path packed = packed(base, packer);
        Files.delete(base);
        try (RandomAccessFile file = new RandomAccessFile(packed.toFile(), "rw")) {
            // In the random bytes of the root partition, near the end.
            long at = file.length() - 100_000;
            file.seek(at);
            int there = file.read();
            file.seek(at);
            file.write(there ^ 0x55);
        }

        assertThat(refusal(packed)).hasMessageContaining("damaged or incomplete");
        nothingWasLeft(packed);
        assertThat(asked).isZero();
    }

    @Test
    void aCutOffImageIsRefused() throws Exception {
        Path base = trixie();
        try (RandomAccessFile file = new RandomAccessFile(base.toFile(), "rw")) {
            file.setLength(file.length() - 1);
        }

        assertThat(refusal(base)).hasMessageContaining("the image ends after");
        nothingWasLeft(base);
    }

    /** A base that cannot be taken, and a word of the refusal. */
    static Stream<Arguments> unfit() {
        return Stream.of(
                Arguments.of("booted", TestBase.trixie().with("cmdline.txt", "root=PARTUUID=1-02 rootwait\n")),
                Arguments.of("customized", TestBase.trixie().with("firstrun.sh", "#!/bin/sh\n")),
                Arguments.of("customized", TestBase.trixie().with("custom.toml", "a = 1\n")),
                Arguments.of("customized", TestBase.trixie().with("userconf.txt", "pi:x\n")),
                Arguments.of("user-data", TestBase.trixie().with("user-data", "#cloud-config\nhostname: a\n")),
                Arguments.of("systemd.run", TestBase.trixie().with("cmdline.txt", "resize systemd.run=/a\n")),
                Arguments.of("neither", TestBase.trixie().without("issue.txt")),
                Arguments.of("no kernel", TestBase.trixie().without("kernel8.img")),
                Arguments.of(
                        "no kernel", TestBase.trixie().without("kernel8.img").with("kernel.img", "v6")),
                Arguments.of("older than Bookworm", TestBase.bookworm().bootSize(256L << 20)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unfit")
    void anUnfitBaseIsRefused(String why, TestBase made) throws Exception {
        Path base = made.writeTo(directory.resolve("base.img"));

        assertThat(refusal(base)).hasMessageContaining(why);
        nothingWasLeft(base);
        assertThat(asked).isZero();
    }

    @Test
    void whatIsNoImageIsRefused() throws Exception {
        Path text = Files.writeString(directory.resolve("text.img"), "Lorem ipsum");
        assertThat(refusal(text)).hasMessageContaining("the image ends after");

        Files.write(text, new byte[1 << 20]);
        assertThat(refusal(text)).hasMessageContaining("no partition table");

        Files.write(text, new byte[] {0x42, 0x5a, 0x68, 0x39});
        assertThat(refusal(text)).hasMessageContaining("bzip2");
        assertThat(refusal(directory.resolve("none.img"))).hasMessageContaining("there is no file");
        assertThat(refusal(directory)).hasMessageContaining("directory");
        nothingWasLeft(text);
    }

    @Test
    void aKitWithoutTheRuntimeIsRefusedWithTheCommandThatAddsIt() throws Exception {
        Path base = TestBase.trixie().with("kernel7.img", "32 bits").writeTo(directory.resolve("base.img"));

        assertThat(refusal(base).remedy()).contains("scripts/card kit --arch armhf");
        nothingWasLeft(base);
    }

    @Test
    void anImageThatIsThereIsKeptUnlessToldOtherwise() throws Exception {
        Path base = trixie();
        Files.writeString(out, "precious");

        assertThat(refusal(base).remedy()).contains("--force");
        assertThat(out).hasContent("precious");

        new ImageBuilder(kit, (doing, done, total) -> {}).build(base, out, true, this::settings);
        assertThat(Files.size(out)).isEqualTo(Files.size(base));
    }

    @Test
    void theBaseIsNeverReplaced() throws Exception {
        Path base = trixie();
        ImageException refused = catchThrowableOfType(
                ImageException.class,
                () -> new ImageBuilder(kit, (doing, done, total) -> {}).build(base, base, true, this::settings));

        assertThat(refused).hasMessageContaining("its own base");
    }

    @Test
    void whenThereAreNoSettingsThereIsNoImage() throws Exception {
        Path base = trixie();

        ImageException refused = catchThrowableOfType(
                ImageException.class,
                () -> new ImageBuilder(kit, (doing, done, total) -> {}).build(base, out, false, () -> {
                    throw new ImageException("the controller is gone", "start it");
                }));

        assertThat(refused).hasMessage("the controller is gone");
        nothingWasLeft(base);
    }

    @Test
    void progressGoesFromTheBeginningToTheEnd() throws Exception {
        List<Long> seen = new ArrayList<>();
        Path base = trixie();

        new ImageBuilder(kit, (doing, done, total) -> {
                    if (doing.equals("unpacking")) {
                        assertThat(total).isEqualTo(base.toFile().length());
                        seen.add(done);
                    }
                })
                .build(base, out, false, this::settings);

        assertThat(seen).isSorted().endsWith(Files.size(base));
    }

    @Test
    void anImageTellsWhatItIsAndNoSecrets() throws Exception {
        ImageInfo built = build(trixie());

        ImageInfo read = ImageInspection.inspect(out);

        assertThat(read).isEqualTo(built);
        assertThat(read.agent()).isEqualTo("9.8.7");
        assertThat(read.enrolmentKey()).isEqualTo("abcdefgh");
        assertThat(read.wifi()).isEqualTo("attic");
        assertThat(boot("swarmctl-image.json")).doesNotContain(TestSettings.KEY.substring(14), TestSettings.PASSPHRASE);
        assertThat(contains(out, TestSettings.PASSPHRASE))
                .as("the passphrase is nowhere")
                .isFalse();
    }

    private static boolean contains(Path image, String text) {
        return TestTools.tryToRun("grep", "-qaF", text, image.toString()).exitCode() == 0;
    }

    @Test
    void anImageOfOthersIsTold() throws Exception {
        Path base = trixie();

        ImageException refused = catchThrowableOfType(ImageException.class, () -> ImageInspection.inspect(base));

        assertThat(refused).hasMessageContaining("not made by swarmctl: it holds Raspberry Pi OS trixie arm64");
    }
}
