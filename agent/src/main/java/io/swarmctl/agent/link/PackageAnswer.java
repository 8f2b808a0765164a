package io.swarmctl.agent.link;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the controller's package service answers to a question of the agent's own, but for the content.
 *
 * @param reason what it says beside the status
 * @param headers by name, in lower case
 */
record PackageAnswer(int status, String reason, Map<String, String> headers) {
    private static final int LONGEST_HEAD = 8 * 1024;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 ([0-9]{3}) ?(.*)");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

    PackageAnswer {
        headers = Map.copyOf(headers);
    }

    /** @throws IOException when no answer comes, or something else */
    static PackageAnswer read(InputStream in) throws IOException {
        String[] lines = head(in).split("\r\n");
        Matcher status = STATUS.matcher(lines[0]);
        if (!status.matches()) {
            throw new IOException("it answers what no package cache does");
        }
        Map<String, String> headers = new TreeMap<>();
        for (int i = 1; i < lines.length; i++) {
            String[] header = lines[i].split(": *", 2);
            headers.put(header[0].toLowerCase(Locale.ROOT), header[header.length - 1].strip());
        }
        String reason = status.group(2).replaceAll("[^ -~]", "?");
        return new PackageAnswer(Integer.parseInt(status.group(1)), reason, headers);
    }

    /** A header's; negative when there is none such. */
    int number(String header) {
        String value = headers.getOrDefault(header.toLowerCase(Locale.ROOT), "");
        return NUMBER.matcher(value).matches() ? Integer.parseInt(value) : -1;
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int ending = 0;
        while (ending < 4) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("it hangs up");
            }
            if (head.size() == LONGEST_HEAD) {
                throw new IOException("it answers without end");
            }
            head.write(next);
            boolean goesOn = next == (ending % 2 == 0 ? '\r' : '\n');
            ending = goesOn ? ending + 1 : next == '\r' ? 1 : 0;
        }
        return head.toString(StandardCharsets.US_ASCII);
    }
}
