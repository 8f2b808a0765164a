package io.swarmctl.controller.image.base;

import io.swarmctl.controller.image.disk.ImageException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Tells which system an image holds, and refuses those that are not as they were published. */
public final class BaseDetection {
    private static final Pattern REFERENCE = Pattern.compile("Raspberry Pi reference (\\d{4}-\\d{2}-\\d{2})");
    private static final Pattern DEBIAN_KERNEL =
            Pattern.compile("vmlinuz-(\\d+\\.\\d+)\\..*-(arm64|armmp|armmp-lpae|amd64)");

    /** What a published image's command line has until it has booted. */
    private static final String BOOKWORM_TAIL = "init=/usr/lib/raspberrypi-sys-mods/firstboot";

    private static final String TRIXIE_TAIL = "resize";

    /** From here on there was Bookworm; what was made earlier, or has a smaller boot partition, is older. */
    private static final String FIRST_BOOKWORM = "2023-10-01";

    private static final long SMALLEST_BOOKWORM = 300L << 20;

    private static final List<String> CUSTOMIZING =
            List.of("firstrun.sh", "userconf", "userconf.txt", "custom.toml", "wpa_supplicant.conf", "ssh", "ssh.txt");

    private static final String PUBLISHED = "take the image as it was published";
    private static final String SUPPORTED = "take Raspberry Pi OS Lite, Bookworm or Trixie";

    private BaseDetection() {}

    /** @throws ImageException when it is none that a fleet's image can be made from */
    public static BaseSystem detect(BootFiles files) throws ImageException {
        requireUntouched(files);
        Matcher reference = REFERENCE.matcher(files.issue());
        if (reference.find()) {
            return raspberryPiOs(files, reference.group(1));
        }
        Optional<Matcher> kernel = files.names().stream()
                .map(DEBIAN_KERNEL::matcher)
                .filter(Matcher::matches)
                .findFirst();
        if (kernel.isPresent() && !files.cmdline().isEmpty()) {
            return debian(kernel.get().group(1), kernel.get().group(2));
        }
        throw new ImageException("this is neither Raspberry Pi OS nor Debian for it", SUPPORTED);
    }

    private static BaseSystem raspberryPiOs(BootFiles files, String date) throws ImageException {
        if (date.compareTo(FIRST_BOOKWORM) < 0 || files.size() < SMALLEST_BOOKWORM) {
            throw new ImageException("this Raspberry Pi OS of " + date + " is older than Bookworm", SUPPORTED);
        }
        List<String> arguments = KernelArguments.of(files.cmdline()).words();
        String release;
        if (arguments.contains(BOOKWORM_TAIL)) {
            release = "bookworm";
        } else if (arguments.contains(TRIXIE_TAIL)) {
            release = "trixie";
        } else {
            throw new ImageException(
                    "this system has booted: all cards made from it would share its keys and its identity", PUBLISHED);
        }
        return new BaseSystem("Raspberry Pi OS", release, piArchitecture(files), date);
    }

    /** The 32-bit images have kernels for older boards besides the 64-bit ones, not the other way round. */
    private static Architecture piArchitecture(BootFiles files) throws ImageException {
        if (files.has("kernel7.img") || files.has("kernel7l.img")) {
            return Architecture.ARMHF;
        }
        if (files.has("kernel8.img")) {
            return Architecture.ARM64;
        }
        throw new ImageException("there is no kernel for a Pi 3 or newer on this image", SUPPORTED);
    }

    private static BaseSystem debian(String kernel, String flavour) throws ImageException {
        String release = switch (kernel) {
            case "6.1" -> "bookworm";
            case "6.12" -> "trixie";
            default ->
                throw new ImageException(
                        "this Debian's kernel " + kernel + " is neither Bookworm's nor Trixie's", SUPPORTED);
        };
        Architecture architecture = switch (flavour) {
            case "arm64" -> Architecture.ARM64;
            case "amd64" -> Architecture.AMD64;
            default -> Architecture.ARMHF;
        };
        return new BaseSystem("Debian", release, architecture, "");
    }

    private static void requireUntouched(BootFiles files) throws ImageException {
        if (files.has("swarmctl-firstrun.sh") || files.has("swarmctl-image.json")) {
            throw new ImageException("this image was made by swarmctl already", PUBLISHED);
        }
        for (String name : CUSTOMIZING) {
            if (files.has(name)) {
                throw customized("it has " + name);
            }
        }
        if (KernelArguments.of(files.cmdline()).words().stream().anyMatch(word -> word.startsWith("systemd.run="))) {
            throw customized("its cmdline.txt has systemd.run");
        }
        // Both are there in published images too, all but empty.
        if (settings(files.userData()).anyMatch(line -> !line.startsWith("ssh_pwauth:"))) {
            throw customized("its user-data has settings");
        }
        if (settings(files.networkConfig()).anyMatch(line -> line.startsWith("wifis:"))) {
            throw customized("its network-config has a wifi");
        }
        if (files.dirty()) {
            throw new ImageException("this image was copied from a card that was in use", PUBLISHED);
        }
    }

    private static Stream<String> settings(String yaml) {
        return yaml.lines().map(String::strip).filter(line -> !line.isEmpty() && !line.startsWith("#"));
    }

    private static ImageException customized(String how) {
        return new ImageException("this image was customized: " + how, PUBLISHED);
    }
}
