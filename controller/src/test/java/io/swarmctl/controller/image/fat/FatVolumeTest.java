package io.swarmctl.controller.image.fat;

import static io.swarmctl.controller.image.TestTools.need;
import static io.swarmctl.controller.image.TestTools.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmctl.controller.image.disk.Section;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against file systems that mkfs.vfat makes; fsck.vfat and mtools say what they think of the result. */
class FatVolumeTest {
    private static final LocalDateTime TIME = LocalDateTime.of(2020, 1, 1, 0, 0);
    private static final int TRIXIE = 1;
    private static final int BOOKWORM = 4;

    @TempDir
    Path directory;

    @BeforeEach
    void tools() {
        need("mkfs.vfat", "fsck.vfat", "mcopy", "mdir", "mtype");
    }

    /** Something that is done to a file system. */
    private interface Change {
        void to(FatVolume volume) throws IOException;
    }

    /** As large as FAT32 has to be with such clusters; most of it is a hole. */
    private Path made(int sectorsPerCluster) throws IOException {
        Path image = directory.resolve("boot-" + sectorsPerCluster + ".img");
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength((40L << 20) * sectorsPerCluster);
        }
        run("mkfs.vfat", "--invariant", "-F", "32", "-s", "" + sectorsPerCluster, "-n", "BOOTFS", image.toString());
        return image;
    }

    private static void change(Path image, Change change) throws IOException {
        try (FileChannel file = FileChannel.open(image, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            FatVolume volume = FatVolume.open(Section.whole(file), TIME);
            change.to(volume);
            volume.flush();
        }
    }

    private static void add(FatVolume volume, String name, byte[] content) throws IOException {
        volume.add(name, new ByteArrayInputStream(content), content.length);
    }

    private static byte[] random(long seed, int size) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static void clean(Path image) {
        assertThat(run("fsck.vfat", "-n", image.toString())).doesNotContain("wrong", "Orphan", "dirty");
    }

    private byte[] byMtools(Path image, String name) throws IOException {
        Path copy = directory.resolve("copy");
        run("mcopy", "-n", "-o", "-i", image.toString(), "::" + name, copy.toString());
        return Files.readAllBytes(copy);
    }

    @ParameterizedTest
    @ValueSource(ints = {TRIXIE, BOOKWORM})
    void aNewFileIsThereForOthers(int sectorsPerCluster) throws IOException {
        Path image = made(sectorsPerCluster);
        byte[] content = random(1, 3_000_000);

        change(image, volume -> add(volume, "swarmctl-payload.deb", content));

        clean(image);
        assertThat(byMtools(image, "swarmctl-payload.deb")).isEqualTo(content);
    }

    @ParameterizedTest
    @ValueSource(ints = {TRIXIE, BOOKWORM})
    void whatOthersHaveWrittenIsRead(int sectorsPerCluster) throws IOException {
        Path image = made(sectorsPerCluster);
        Path file = Files.writeString(directory.resolve("An issue with a long name.txt"), "Raspberry Pi reference");
        run("mcopy", "-i", image.toString(), file.toString(), "::");
        run("mmd", "-i", image.toString(), "::overlays");

        change(image, volume -> {
            assertThat(volume.entries())
                    .extracting(FatEntry::name)
                    .containsExactly("An issue with a long name.txt", "overlays");
            assertThat(volume.find("OVERLAYS").orElseThrow().directory()).isTrue();
            assertThat(new String(volume.read("an issue with a LONG name.TXT", 100), StandardCharsets.UTF_8))
                    .isEqualTo("Raspberry Pi reference");
            assertThat(volume.dirty()).isFalse();
        });
    }

    static Stream<Integer> newSizes() {
        return Stream.of(0, 1, 511, 512, 513, 2047, 2048, 2049, 10_000);
    }

    @ParameterizedTest
    @MethodSource("newSizes")
    void aFileThatIsWrittenAnewKeepsItsPlaceAndItsName(int size) throws IOException {
        Path image = made(TRIXIE);
        Path old = Files.write(directory.resolve("cmdline.txt"), random(2, 1500));
        run("mcopy", "-i", image.toString(), old.toString(), "::cmdline.txt");
        byte[] content = random(3, size);

        change(image, volume -> volume.overwrite("cmdline.txt", content));

        clean(image);
        assertThat(byMtools(image, "cmdline.txt")).isEqualTo(content);
        assertThat(run("mdir", "-b", "-i", image.toString(), "::")).isEqualToIgnoringCase("::/cmdline.txt\n");
    }

    @Test
    void aNameOfEightAndThreeKeepsItsShortForm() throws IOException {
        Path image = made(TRIXIE);

        change(image, volume -> {
            add(volume, "config.txt", random(4, 10));
            add(volume, "SSH", random(5, 10));
            add(volume, "swarmctl-firstrun.sh", random(6, 10));
            add(volume, "swarmctl-firstrun.log", random(7, 10));
            add(volume, "swarmctl-fire.sh", random(8, 10));
        });

        change(
                image,
                volume -> assertThat(volume.entries())
                        .extracting(FatEntry::shortName)
                        .containsExactly("CONFIG.TXT", "SSH", "SWARMC~1.SH", "SWARMC~1.LOG", "SWARMC~2.SH"));
        clean(image);
    }

    @Test
    void theSameFilesGiveTheSameBytes() throws IOException {
        Path first = made(BOOKWORM);
        Path second = Files.copy(first, directory.resolve("second.img"));

        for (Path image : new Path[] {first, second}) {
            change(image, volume -> {
                add(volume, "one file.bin", random(9, 100_000));
                add(volume, "another.bin", random(10, 5));
            });
        }

        assertThat(Files.mismatch(first, second)).isEqualTo(-1);
    }

    @Test
    void whatDoesNotFitIsRefusedBeforeAnythingIsWritten() throws IOException {
        Path image = made(TRIXIE);
        Path before = Files.copy(image, directory.resolve("before.img"));

        change(image, volume -> {
            int tooMuch = (int) volume.freeBytes() + 1;
            assertThat(volume.takes(Map.of("large", (long) tooMuch))).isGreaterThan(volume.freeBytes());
            assertThatThrownBy(() -> volume.add("large", new ByteArrayInputStream(new byte[0]), tooMuch))
                    .hasMessageContaining("full");
        });

        assertThat(Files.mismatch(image, before)).isEqualTo(-1);
    }

    @Test
    void aPartitionIsFilledToItsLastByte() throws IOException {
        Path image = made(TRIXIE);

        change(image, volume -> {
            add(volume, "all.bin", random(11, (int) volume.freeBytes()));
            assertThat(volume.freeBytes()).isZero();
        });

        clean(image);
        assertThat(run("mdir", "-i", image.toString(), "::")).containsPattern("\\s0 bytes free");
    }

    @Test
    void theRootDirectoryGrows() throws IOException {
        Path image = made(TRIXIE);

        change(image, volume -> {
            for (int i = 0; i < 200; i++) {
                add(volume, "a file with a rather long name " + i + ".txt", random(i, i));
            }
        });

        clean(image);
        assertThat(byMtools(image, "a file with a rather long name 199.txt")).isEqualTo(random(199, 199));
    }

    static Stream<Long> seeds() {
        return IntStream.range(0, 12).mapToObj(Long::valueOf);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void anySetOfFilesSurvives(long seed) throws IOException {
        Random random = new Random(seed);
        Path image = made(random.nextBoolean() ? TRIXIE : BOOKWORM);
        Map<String, byte[]> files = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

        for (int round = 0; round < 3; round++) {
            change(image, volume -> {
                for (int i = 0; i < 15; i++) {
                    String name = randomName(random);
                    byte[] content = random(random.nextLong(), random.nextInt(random.nextInt(40_000) + 1));
                    if (files.put(name, content) == null) {
                        add(volume, name, content);
                    } else {
                        volume.overwrite(name, content);
                    }
                }
            });
        }

        clean(image);
        change(image, volume -> assertThat(volume.entries()).hasSameSizeAs(files.keySet()));
        Path copies = Files.createDirectory(directory.resolve("copies"));
        run("mcopy", "-n", "-i", image.toString(), "::*", copies.toString());
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            assertThat(readIgnoringCase(copies, file.getKey()))
                    .as(file.getKey())
                    .isEqualTo(file.getValue());
        }
    }

    private static String randomName(Random random) {
        String letters = random.nextInt(4) == 0 ? "ABC" : "abcxyz-_ .é0";
        int length = 1 + random.nextInt(random.nextInt(40) + 1);
        String name = random.ints(length, 0, letters.length())
                .mapToObj(i -> letters.substring(i, i + 1))
                .reduce("", String::concat);
        return "f" + name + random.nextInt(30);
    }

    private static byte[] readIgnoringCase(Path directory, String name) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return Files.readAllBytes(
                    files.filter(file -> file.getFileName().toString().equalsIgnoreCase(name))
                            .findFirst()
                            .orElseThrow(() -> new IOException("mtools do not see " + name)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/b", "c:d", "what?", "end.", " begin", "tab\t"})
    void impossibleNamesAreRefused(String name) throws IOException {
        Path image = made(TRIXIE);

        change(image, volume -> assertThatIllegalArgumentException().isThrownBy(() -> add(volume, name, new byte[1])));
    }

    @Test
    void whatIsNoFat32IsRefused() throws IOException {
        Path image = directory.resolve("small.img");
        Files.write(image, new byte[16 << 20]);
        assertThatThrownBy(() -> change(image, volume -> {})).hasMessageContaining("no boot sector");

        run("mkfs.vfat", "-F", "16", image.toString());
        assertThatThrownBy(() -> change(image, volume -> {})).hasMessageContaining("not FAT32");
    }

    @Test
    void aChainThatGoesInACircleIsNoticed() throws IOException {
        Path image = made(TRIXIE);
        change(image, volume -> add(volume, "file", random(1, 2000)));
        byte[] bytes = Files.readAllBytes(image);
        int table = 32 * 512;
        int first = 3;
        bytes[table + 4 * (first + 1)] = (byte) first;
        Files.write(image, bytes);

        change(
                image,
                volume -> assertThatThrownBy(() -> volume.read("file", 5000)).hasMessageContaining("damaged"));
    }
}
