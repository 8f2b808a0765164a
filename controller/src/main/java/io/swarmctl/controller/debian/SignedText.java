package io.swarmctl.controller.debian;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A text with its signatures below (RFC 4880, section 7). Only the text itself is looked at any further: whatever stands
 * before and after it was signed by nobody.
 *
 * @param lines of the text
 * @param signatures as they stand there
 */
record SignedText(List<String> lines, String signatures) {
    static final String REMEDY =
            "the network may answer with a page of its own; try again elsewhere, or another mirror: --mirror URL";
    private static final String BEGIN = "-----BEGIN PGP SIGNED MESSAGE-----";
    private static final String BEGIN_SIGNATURE = "-----BEGIN PGP SIGNATURE-----";

    static SignedText parse(byte[] signed, String from) throws DebianException {
        List<String> all = new String(signed, StandardCharsets.UTF_8).lines().toList();
        int begin = all.indexOf(BEGIN);
        int signature = all.indexOf(BEGIN_SIGNATURE);
        if (begin < 0 || signature < begin) {
            throw new DebianException(from + " is not signed as archives are", REMEDY);
        }
        // After a few headers, which are no matter, and an empty line.
        int first = begin + 1;
        while (first < signature && !all.get(first).isEmpty()) {
            first++;
        }
        List<String> lines = new ArrayList<>();
        for (String line : all.subList(Math.min(first + 1, signature), signature)) {
            lines.add(line.startsWith("- ") ? line.substring(2) : line);
        }
        return new SignedText(List.copyOf(lines), String.join("\n", all.subList(signature, all.size())) + "\n");
    }

    String content() {
        return String.join("\n", lines) + "\n";
    }

    /** Without spaces at the ends of lines, and with the ends of lines that networks use. */
    byte[] signedBytes() {
        return String.join("\r\n", lines.stream().map(SignedText::trimmed).toList())
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String trimmed(String line) {
        int end = line.length();
        while (end > 0 && " \t\r".indexOf(line.charAt(end - 1)) >= 0) {
            end--;
        }
        return line.substring(0, end);
    }
}
