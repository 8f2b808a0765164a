package io.swarmctl.agent.card;

import io.swarmctl.agent.link.ControllerAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where to look for controllers, as it is once a person has corrected it.
 *
 * @param controllers addresses, {@code host[:port]}
 * @param mdns whether to look on the local network too
 */
public record Correction(List<String> controllers, boolean mdns) {
    private static final String CONTROLLERS = "controllers";
    private static final String MDNS = "mdns";
    private static final Pattern QUOTES = Pattern.compile("[\"']");
    private static final Set<String> YES = Set.of("true", "yes", "on");
    private static final Set<String> NO = Set.of("false", "no", "off");

    /** A line of the agent's own configuration that a correction replaces. */
    private static final Pattern REPLACED = Pattern.compile("\\s*(" + CONTROLLERS + "|" + MDNS + ")\\s*[=:].*");

    public Correction {
        controllers = List.copyOf(controllers);
    }

    /**
     * Reads what a person has written: lines of {@code key=value}. What is not in it stays as it is.
     *
     * @param now how it is before
     * @throws CorrectionException when a line is not right; nothing is guessed
     */
    public static Correction read(String text, Correction now) throws CorrectionException {
        Map<String, String> given = settings(text);
        if (given.isEmpty()) {
            throw new CorrectionException("it has no setting; write a line such as controllers=192.168.1.5");
        }
        Correction corrected = new Correction(
                given.containsKey(CONTROLLERS) ? list(given.get(CONTROLLERS)) : now.controllers,
                given.containsKey(MDNS) ? YES.contains(given.get(MDNS)) : now.mdns);
        if (corrected.controllers.isEmpty() && !corrected.mdns) {
            throw new CorrectionException("with no address and mdns=false no controller could be found;"
                    + " write a line such as controllers=192.168.1.5");
        }
        return corrected;
    }

    /** The agent's configuration with this in it; all its other lines stay. */
    String in(String configuration) {
        List<String> lines = new ArrayList<>(configuration
                .lines()
                .filter(line -> !REPLACED.matcher(line).matches())
                .toList());
        lines.add(CONTROLLERS + "=" + String.join(",", controllers));
        lines.add(MDNS + "=" + mdns);
        return String.join("\n", lines) + "\n";
    }

    private static Map<String, String> settings(String text) throws CorrectionException {
        Map<String, String> settings = new HashMap<>();
        int number = 0;
        for (String line : text.lines().map(String::strip).toList()) {
            number++;
            if (line.isEmpty() || line.startsWith("#") || line.startsWith(";")) {
                continue;
            }
            try {
                String key = key(line);
                String value = value(line);
                check(key, value);
                if (settings.put(key, value) != null) {
                    throw new CorrectionException("'" + key + "' is there twice; leave one of them");
                }
            } catch (CorrectionException e) {
                throw new CorrectionException("line " + number + ": " + e.getMessage());
            }
        }
        return settings;
    }

    private static String key(String line) throws CorrectionException {
        int equals = line.indexOf('=');
        if (equals < 0) {
            throw new CorrectionException("it has no '='; write it as controllers=192.168.1.5");
        }
        return line.substring(0, equals).strip().toLowerCase(Locale.ROOT);
    }

    /** Names of hosts and words know no case; some people put values into quotes. */
    private static String value(String line) {
        return QUOTES.matcher(line.substring(line.indexOf('=') + 1))
                .replaceAll("")
                .strip()
                .toLowerCase(Locale.ROOT);
    }

    private static void check(String key, String value) throws CorrectionException {
        switch (key) {
            case CONTROLLERS -> {
                for (String address : list(value)) {
                    checkAddress(address);
                }
            }
            case MDNS -> {
                if (!YES.contains(value) && !NO.contains(value)) {
                    throw new CorrectionException("'" + value + "' is no value for mdns; write true or false");
                }
            }
            // Whoever reads the card would read the key, and what was on a card cannot be wiped for certain.
            case "enrolment-key" ->
                throw new CorrectionException("an enrolment key is not taken from here;"
                        + " take the line out, and flash the card with a new image if its key is no good any more");
            default -> throw new CorrectionException("'" + key + "' cannot be set here; controllers and mdns can");
        }
    }

    private static void checkAddress(String address) throws CorrectionException {
        try {
            ControllerAddress unused = ControllerAddress.parse(address);
        } catch (IllegalArgumentException e) {
            throw new CorrectionException(String.valueOf(e.getMessage()));
        }
    }

    private static List<String> list(String value) {
        return Arrays.stream(value.split("[,;\\s]+"))
                .filter(address -> !address.isEmpty())
                .toList();
    }
}
