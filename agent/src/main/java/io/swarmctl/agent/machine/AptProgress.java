package io.swarmctl.agent.machine;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns apt's status lines, of which there are many a second, into a line for people whenever a tenth is done. */
final class AptProgress implements Output {
    private static final Pattern STATUS = Pattern.compile("(dl|pm)status:([^:]*):([0-9.]+):(.*)");
    private static final Pattern ERROR = Pattern.compile("(pmerror|pmconffile|media-change):.*");
    private static final double STEP = 10;

    private final Output output;
    private String phase = "";
    private double shown;

    AptProgress(Output output) {
        this.output = output;
    }

    @Override
    public void line(String line) {
        Matcher status = STATUS.matcher(line);
        if (!status.matches()) {
            if (!isStatus(line)) {
                output.line(line);
            }
            return;
        }
        double percent = Double.parseDouble(status.group(3));
        if (!status.group(1).equals(phase) || percent >= shown + STEP) {
            phase = status.group(1);
            shown = percent;
            output.line(String.format("%3.0f %% %s", percent, status.group(4)));
        }
    }

    /** Whether the line is apt's talk to programs and not to people. */
    static boolean isStatus(String line) {
        return STATUS.matcher(line).matches() || ERROR.matcher(line).matches();
    }
}
