package io.swarmctl.controller.image.flash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real block devices are flashed. */
class FlashRunTest {
    private static final int CARD = 64 << 20;
    private static final int IMAGE = 40 << 20;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    Path directory;

    private LoopDevices devices;
    private byte[] content;
    private Path image;

    @BeforeEach
    void prepare() throws IOException {
        devices = new LoopDevices();
        image = directory.resolve("fleet.img");
        imageOf(IMAGE);
    }

    @AfterEach
    void cleanUp() {
        if (devices != null) {
            devices.close();
        }
    }

    private void imageOf(int size) throws IOException {
        content = new byte[size];
        new Random(11).nextBytes(content);
        Files.write(image, content);
    }

    private static Target target(Path device) throws IOException {
        Disks disks = new SysFiles(Path.of("/")).read();
        return new Target(
                device, disks.disk(Node.look(device.toString()).number()).orElseThrow(), List.of());
    }

    private static CardProgress progress(Path device, long total) throws IOException {
        return new CardProgress(target(device), total, System::nanoTime, () -> {});
    }

    private List<CardStanding> flash(FlashRun.Before before, Path... cards) throws Exception {
        List<Target> targets = new ArrayList<>();
        for (Path card : cards) {
            targets.add(target(card));
        }
        try (FlashImage open = FlashImage.open(image, directory, (doing, done, total) -> {})) {
            FlashRun run = new FlashRun(open, targets, true, before);
            run.start();
            assertThat(run.await(PATIENCE)).isTrue();
            return run.standings();
        }
    }

    private List<CardStanding> flash(Path... cards) throws Exception {
        return flash(target -> Optional.empty(), cards);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 511, 4096, 4097, 4 << 20, (4 << 20) + 512, IMAGE, IMAGE - 3584, CARD})
    void whateverItsLengthTheImageIsOnTheCardAndNothingElseIsTouched(int size) throws Exception {
        imageOf(size);
        byte[] old = new byte[CARD];
        Arrays.fill(old, (byte) 0x5a);
        Path backing = Files.write(directory.resolve("card.img"), old);
        Path card = devices.card(backing, CARD);

        List<CardStanding> standings = flash(card);

        assertThat(standings).extracting(CardStanding::problem).containsExactly("");
        assertThat(standings).extracting(CardStanding::phase).containsExactly(Phase.GOOD);
        System.arraycopy(content, 0, old, 0, size);
        assertThat(Arrays.mismatch(Files.readAllBytes(backing), old)).isEqualTo(-1);
    }

    @Test
    void zerosOfTheImageReplaceWhatWasOnTheCard() throws Exception {
        Arrays.fill(content, 1 << 20, 30 << 20, (byte) 0);
        Files.write(image, content);
        byte[] old = new byte[CARD];
        Arrays.fill(old, (byte) 0x5a);
        Path backing = Files.write(directory.resolve("card.img"), old);

        flash(devices.card(backing, CARD));

        assertThat(Arrays.mismatch(Arrays.copyOf(Files.readAllBytes(backing), IMAGE), content))
                .isEqualTo(-1);
    }

    @Test
    void aCardThatBreaksInTheMiddleHoldsUpNobody() throws Exception {
        Path broken = devices.breakingCard(directory.resolve("small"), CARD, 16);
        Path one = devices.card(directory.resolve("one.img"), CARD);
        Path two = devices.card(directory.resolve("two.img"), CARD);
        Path three = devices.card(directory.resolve("three.img"), CARD);

        List<CardStanding> standings = flash(one, broken, two, three);

        assertThat(standings)
                .extracting(CardStanding::phase)
                .containsExactly(Phase.GOOD, Phase.FAILED, Phase.GOOD, Phase.GOOD);
        assertThat(standings.get(1).problem()).containsAnyOf("Input/output error", "No space left on device");
        for (String good : List.of("one.img", "two.img", "three.img")) {
            byte[] found = Arrays.copyOf(Files.readAllBytes(directory.resolve(good)), IMAGE);
            assertThat(Arrays.mismatch(found, content)).as(good).isEqualTo(-1);
        }
    }

    @Test
    void oneFlippedBitIsFoundOnTheCardThoughMemoryStillHoldsTheRightOne() throws Exception {
        int at = 17_000_003;
        Path backing = directory.resolve("card.img");
        Path device = devices.card(backing, CARD);
        CardProgress progress = progress(device, IMAGE);
        try (FileChannel source = FileChannel.open(image);
                FileChannel memory = FileChannel.open(device);
                Card card = Card.open(device, Card.piece(1 << 20), progress)) {
            card.write(source, IMAGE);
            card.compare(source, IMAGE);
            // As a card that forgets what it has said that it holds.
            memory.read(ByteBuffer.allocate(4096), at - at % 4096);
            try (FileChannel behind = FileChannel.open(backing, StandardOpenOption.WRITE)) {
                behind.write(ByteBuffer.wrap(new byte[] {(byte) (content[at] ^ 1)}), at);
            }

            assertThatThrownBy(() -> card.compare(source, IMAGE))
                    .hasMessage("byte " + at + " on the card is not what was written");
            ByteBuffer remembered = ByteBuffer.allocate(1);
            memory.read(remembered, at);
            assertThat(remembered.get(0)).isEqualTo(content[at]);
        }
    }

    @Test
    void untilAllTheRestIsThereTheCardDoesNotBoot() throws Exception {
        Path backing = Files.write(directory.resolve("card.img"), new byte[] {1, 2, 3});
        Path device = devices.card(backing, CARD);
        int[] pieces = {0};
        CardProgress[] progress = new CardProgress[1];
        // The clock is asked once a piece.
        progress[0] = new CardProgress(
                target(device),
                IMAGE,
                () -> {
                    if (++pieces[0] == 8) {
                        progress[0].stop();
                    }
                    return 0;
                },
                () -> {});

        try (FileChannel source = FileChannel.open(image);
                Card card = Card.open(device, Card.piece(1 << 20), progress[0])) {
            progress[0].begin(Phase.WRITING);
            assertThatThrownBy(() -> card.write(source, IMAGE)).isInstanceOf(InterruptedIOException.class);
        }
        progress[0].stopped();

        assertThat(progress[0].standing().phase()).isEqualTo(Phase.HALF_WRITTEN);
        assertThat(progress[0].standing().done()).isPositive().isLessThan(IMAGE);
        byte[] found = Files.readAllBytes(backing);
        assertThat(Arrays.copyOf(found, 1 << 20)).containsOnly(0);
        assertThat(Arrays.mismatch(found, 1 << 20, 2 << 20, content, 1 << 20, 2 << 20))
                .isEqualTo(-1);
    }

    @Test
    void aCardThatIsRefusedAtTheLastMomentIsNotTouched() throws Exception {
        Path backing = Files.write(directory.resolve("card.img"), new byte[] {1, 2, 3});
        Path card = devices.card(backing, CARD);

        List<CardStanding> standings =
                flash(target -> Optional.of(Refusal.because("it is mounted now", "unmount it")), card);

        assertThat(standings).extracting(CardStanding::problem).containsExactly("it is mounted now");
        assertThat(Files.readAllBytes(backing)).startsWith(1, 2, 3);
    }

    @Test
    void twoFlashersDoNotMeetOnOneCard() throws Exception {
        Path device = devices.card(directory.resolve("card.img"), CARD);
        try (Card card = Card.open(device, Card.piece(1 << 20), progress(device, IMAGE))) {
            assertThatThrownBy(() -> Card.open(device, Card.piece(1 << 20), progress(device, IMAGE)))
                    .hasMessageContaining("being flashed");
            assertThat(card).isNotNull();
        }
    }

    @Test
    void manyCardsShareTheMemoryOfFew() {
        assertThat(FlashRun.pieceSize(1)).isEqualTo(4 << 20);
        assertThat(FlashRun.pieceSize(8)).isEqualTo(4 << 20);
        assertThat(FlashRun.pieceSize(30)).isEqualTo(1 << 20);
        assertThat(FlashRun.pieceSize(64)).isEqualTo(512 << 10);
    }

    @Test
    void aCardThatNoLongerAnswersIsGivenUpAndOnlyThatOne() throws Exception {
        long[] now = {0};
        Path device = devices.card(directory.resolve("card.img"), CARD);
        CardProgress hanging = new CardProgress(target(device), IMAGE, () -> now[0], () -> {});
        CardProgress moving = new CardProgress(target(device), IMAGE, () -> now[0], () -> {});
        hanging.begin(Phase.WRITING);
        moving.begin(Phase.WRITING);

        now[0] = Duration.ofSeconds(181).toNanos();
        moving.moved(1);
        hanging.giveUpAfter(Duration.ofMinutes(3));
        moving.giveUpAfter(Duration.ofMinutes(3));

        assertThat(hanging.standing().problem()).isEqualTo("the card has not answered for 180 s");
        assertThat(moving.standing().phase()).isEqualTo(Phase.WRITING);
        assertThatThrownBy(hanging::mayGoOn).isInstanceOf(InterruptedIOException.class);
    }
}
