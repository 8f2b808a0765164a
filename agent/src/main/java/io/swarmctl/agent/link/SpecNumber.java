package io.swarmctl.agent.link;

import io.swarmctl.common.wire.NodeSpec;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What orders specs; written as {@code epoch.generation}. */
record SpecNumber(long epoch, long generation) {
    /** Before the first spec. */
    static final SpecNumber NONE = new SpecNumber(0, 0);

    private static final Pattern TEXT = Pattern.compile("(\\d{1,18})\\.(\\d{1,18})\\s*");

    static SpecNumber of(NodeSpec spec) {
        return new SpecNumber(spec.epoch(), spec.generation());
    }

    /** Empty when the text is none. */
    static Optional<SpecNumber> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        return matcher.matches()
                ? Optional.of(new SpecNumber(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2))))
                : Optional.empty();
    }

    boolean isAfter(SpecNumber other) {
        return epoch != other.epoch ? epoch > other.epoch : generation > other.generation;
    }

    @Override
    public String toString() {
        return epoch + "." + generation;
    }
}
