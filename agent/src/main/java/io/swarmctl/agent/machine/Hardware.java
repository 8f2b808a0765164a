package io.swarmctl.agent.machine;

import io.swarmctl.agent.machine.Commands.Command;
import io.swarmctl.common.wire.HardwareFacts;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The board, by its firmware; on machines that are no Pi, by what stands in for it there. */
final class Hardware {
    private static final Pattern THROTTLED = Pattern.compile("throttled=0x([0-9a-fA-F]{1,8})");
    private static final Pattern SERIAL = Pattern.compile("[0-9A-Za-z][0-9A-Za-z._-]{3,63}");
    private static final String FIRMWARE_TOOL = "usr/bin/vcgencmd";
    private static final Duration THROTTLED_GOOD_FOR = Duration.ofSeconds(20);

    private final Layout layout;
    private final Commands commands;
    private final InstantSource clock;
    private @Nullable Integer throttled;
    private Instant throttledAskedAt = Instant.MIN;

    Hardware(Layout layout, Commands commands, InstantSource clock) {
        this.layout = layout;
        this.commands = commands;
        this.clock = clock;
    }

    HardwareFacts facts() throws MachineException {
        return new HardwareFacts(serial(), model(), memoryBytes(), throttled(), celsius());
    }

    /** What tells this board from every other one, whatever card is in it. */
    String serial() throws MachineException {
        Optional<String> serial = deviceTree("serial-number").filter(Hardware::isSerial);
        if (serial.isEmpty()) {
            serial = valueOf("proc/cpuinfo", "Serial").filter(Hardware::isSerial);
        }
        if (serial.isEmpty()) {
            serial = layout.text("sys/class/dmi/id/product_uuid")
                    .map(String::strip)
                    .filter(Hardware::isSerial);
        }
        if (serial.isEmpty()) {
            serial = layout.text("etc/machine-id").map(String::strip).filter(id -> id.matches("[0-9a-f]{32}"));
        }
        return serial.orElseThrow(() -> new MachineException(
                "the machine has neither a board serial nor a machine id",
                "run 'systemd-machine-id-setup' on it",
                true,
                null));
    }

    private String model() throws MachineException {
        Optional<String> model = deviceTree("model");
        if (model.isEmpty()) {
            model = layout.text("sys/class/dmi/id/product_name").map(String::strip);
        }
        return model.filter(name -> !name.isEmpty()).orElse("unknown");
    }

    private long memoryBytes() throws MachineException {
        return valueOf("proc/meminfo", "MemTotal")
                .map(total -> total.replaceAll("\\D", ""))
                .filter(digits -> !digits.isEmpty() && digits.length() < 16)
                .map(kibibytes -> Long.parseLong(kibibytes) * 1024)
                .orElse(0L);
    }

    /**
     * How the board is at this moment.
     *
     * @param throttled the firmware's bits; null where there is no such firmware
     */
    record Feeling(@Nullable Integer throttled, @Nullable Double celsius) {}

    /** Asked anew. Any thread may ask. */
    Feeling feeling() {
        try {
            return new Feeling(layout.exists(FIRMWARE_TOOL) ? askThrottled() : null, celsius());
        } catch (MachineException unreadable) {
            return new Feeling(null, null);
        }
    }

    /** Asks a process, so not more often than people can read. Null where there is no such firmware. */
    private @Nullable Integer throttled() {
        Instant now = clock.instant();
        boolean isFresh = !now.isBefore(throttledAskedAt) && now.isBefore(throttledAskedAt.plus(THROTTLED_GOOD_FOR));
        if (!isFresh && layout.exists(FIRMWARE_TOOL)) {
            throttled = askThrottled();
            throttledAskedAt = now;
        }
        return throttled;
    }

    private @Nullable Integer askThrottled() {
        try {
            Commands.Result answer =
                    commands.run(Command.of("vcgencmd", "get_throttled").within(Duration.ofSeconds(5)), line -> {});
            return answer.lines().stream()
                    .map(THROTTLED::matcher)
                    .filter(Matcher::matches)
                    .findFirst()
                    .map(bits -> Integer.parseUnsignedInt(bits.group(1), 16))
                    .orElse(null);
        } catch (MachineException firmwareDoesNotAnswer) {
            return null;
        }
    }

    private @Nullable Double celsius() throws MachineException {
        return layout.text("sys/class/thermal/thermal_zone0/temp")
                .map(String::strip)
                .filter(text -> text.matches("-?\\d{1,7}"))
                .map(thousandths -> Integer.parseInt(thousandths) / 1000.0)
                .orElse(null);
    }

    /** Device tree texts end with a NUL. */
    private Optional<String> deviceTree(String property) throws MachineException {
        Path file = layout.deviceTree().resolve(property);
        return Layout.text(file).map(text -> text.replace("\0", "").strip()).filter(text -> !text.isEmpty());
    }

    private Optional<String> valueOf(String file, String key) throws MachineException {
        return layout.text(file)
                .orElse("")
                .lines()
                .map(line -> line.split(":", 2))
                .filter(parts -> parts.length == 2 && parts[0].strip().equals(key))
                .map(parts -> parts[1].strip())
                .findFirst();
    }

    /** Boards without a serial give zeros. */
    private static boolean isSerial(String text) {
        return SERIAL.matcher(text).matches() && !text.matches("[0-]*");
    }
}
