package io.swarmctl.agent.machine;

import io.swarmctl.agent.retry.Backoff;
import io.swarmctl.common.wire.Services;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Gets Docker's packages from the controller, which has gathered them for all its nodes, and puts them where those are that
 * a card comes with. The spec, which is signed, tells their index; apt compares each with that.
 */
final class GatheredPackages {
    private static final String INDEX = "/Packages";
    private static final int LONGEST_INDEX = 1 << 20;
    private static final long LARGEST = 1L << 30;
    private static final int MOST_FILES = 200;

    /** Together they outlast a restart of the controller. */
    private static final int TRIES = 5;

    private static final Duration FIRST_REST = Duration.ofSeconds(4);
    private static final Duration LONGEST_REST = Duration.ofSeconds(30);
    private static final int MEGABYTE = 1_000_000;

    private static final Pattern FILE = Pattern.compile("(?m)^Filename: \\./([0-9A-Za-z][0-9A-Za-z.+~_%-]*\\.deb)$");
    private static final Pattern SIZE = Pattern.compile("(?m)^Size: ([0-9]{1,10})$");

    private final CardPackages card;
    private final PackageWay way;
    private final Backoff backoff;
    private final Patience.Pause pause;

    GatheredPackages(CardPackages card, PackageWay way, Backoff backoff, Patience.Pause pause) {
        this.card = card;
        this.way = way;
        this.backoff = backoff;
        this.pause = pause;
    }

    static GatheredPackages of(PackageDatabase database) {
        return new GatheredPackages(
                database.card(),
                database.way(),
                new Backoff(FIRST_REST, LONGEST_REST, new SplittableRandom()),
                duration -> Thread.sleep(duration.toMillis()));
    }

    /** @param size in bytes */
    private record Listed(String name, long size) {}

    /**
     * Fetches them; what is there from a try before is not fetched again.
     *
     * @param index its SHA-256 in hexadecimal digits
     * @throws MachineException when they do not come: the next plan is one that does without
     */
    void fetch(String index, Output output) throws MachineException {
        IOException last = new IOException("not tried");
        backoff.reset();
        for (int i = 0; i < TRIES; i++) {
            if (i > 0) {
                output.line("trying again: " + last.getMessage());
                rest();
            }
            try (PackageRoute.Opened route = way.route().open(output);
                    PackageRoute.Shelf shelf = route.shelf()) {
                fetch(index, shelf, output);
                way.note(null);
                return;
            } catch (PackageRoute.Unusable e) {
                // It was there when it told of them: it may just be starting again.
                if (!e.isTrouble()) {
                    throw given(String.valueOf(e.getMessage()));
                }
                last = new IOException(e.getMessage(), e);
            } catch (InterruptedException e) {
                throw MachineException.interrupted("waiting for its turn to fetch packages", e);
            } catch (IOException e) {
                last = e;
            }
        }
        throw given(String.valueOf(last.getMessage()));
    }

    private void rest() throws MachineException {
        try {
            pause.sleep(backoff.next());
        } catch (InterruptedException e) {
            throw MachineException.interrupted("fetching packages", e);
        }
    }

    private MachineException given(String why) throws MachineException {
        card.remove();
        way.note(why);
        return new MachineException(
                "cannot fetch Docker's packages from the controller: " + why,
                "nothing to do: the agent fetches them from their archive",
                true,
                null);
    }

    private void fetch(String index, PackageRoute.Shelf shelf, Output output) throws IOException, MachineException {
        String list = index(index, shelf);
        List<Listed> wanted = listed(list);
        long total = wanted.stream().mapToLong(Listed::size).sum();
        long behind = 0;
        Path directory = card.directory();
        for (Listed one : wanted) {
            fetch(Services.GATHERED + index + "/" + one.name(), one.size(), directory.resolve(one.name()), shelf);
            behind += one.size();
            output.line(String.format(
                    "%3d %% fetched %s, %d of %d MB",
                    100 * behind / Math.max(1, total), one.name(), behind / MEGABYTE, total / MEGABYTE));
        }
        card.complete(list);
    }

    private static String index(String index, PackageRoute.Shelf shelf) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        shelf.get(Services.GATHERED + index + INDEX, 0, LONGEST_INDEX, bytes);
        if (!HexFormat.of().formatHex(sha256().digest(bytes.toByteArray())).equals(index)) {
            throw new IOException("the controller's list of them is not the one that the spec names");
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static List<Listed> listed(String index) throws IOException {
        List<Listed> all = new ArrayList<>();
        for (String entry : index.split("\n\n+")) {
            Matcher file = FILE.matcher(entry);
            Matcher size = SIZE.matcher(entry);
            if (!entry.isBlank()) {
                if (!file.find() || !size.find() || Long.parseLong(size.group(1)) > LARGEST) {
                    throw new IOException("the controller's list of them cannot be read");
                }
                all.add(new Listed(file.group(1), Long.parseLong(size.group(1))));
            }
        }
        if (all.size() > MOST_FILES) {
            throw new IOException("there are " + all.size() + " of them");
        }
        return all;
    }

    private static void fetch(String path, long size, Path place, PackageRoute.Shelf shelf) throws IOException {
        if (Files.exists(place) && Files.size(place) == size) {
            return;
        }
        Path part = place.resolveSibling(place.getFileName() + ".part");
        long there = Files.exists(part) ? Files.size(part) : 0;
        if (there > size) {
            Files.delete(part);
            there = 0;
        }
        if (there < size) {
            try (OutputStream out = Files.newOutputStream(part, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                shelf.get(path, there, size - there, out);
            }
        }
        if (Files.size(part) != size) {
            throw new IOException("of " + place.getFileName() + " not all came");
        }
        Files.move(part, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has it", e);
        }
    }
}
