package io.swarmctl.controller.gateway.protocol;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The rules that a message may still keep to: fewer with every frame. */
final class Candidates {
    /** The first frame is read before it is known which message it begins; no client sends a longer one. */
    private static final int LONGEST_HEAD = 256;

    private static final int LONGEST_NAME = 128;

    /** These have the bus's name in their second frame, which is nobody's business: plain, custom, for more sockets. */
    private static final Set<Integer> AUTHENTICATIONS = Set.of(AllowList.AUTHENTICATION, 0x000200, 0x001600);

    private static final int FRAME_HEADER = 6;

    private final Conversation conversation;
    private List<Candidate> left = List.of();

    /** The number of the frame that is being read, from 0. */
    private int number;

    private int flags;
    private int type = -1;
    private String name = "";

    private record Candidate(Rule rule, List<Part> shape) {
        boolean fits(int number, int flags, long length) {
            boolean last = (flags & Part.FINAL) != 0;
            return number < shape.size()
                    && last == (number == shape.size() - 1)
                    && length <= Integer.MAX_VALUE
                    && shape.get(number).fits(flags, (int) length);
        }

        String part(int number) {
            return number < shape.size() ? shape.get(number).what() : "its end";
        }
    }

    Candidates(Conversation conversation) {
        this.conversation = conversation;
    }

    /** @throws ViolationException when no message has such a frame here */
    void frame(int itsFlags, long length) throws ViolationException {
        flags = itsFlags;
        if (number > 0) {
            keep(
                    candidate -> candidate.fits(number, itsFlags, length),
                    String.format(Locale.ROOT, "a frame of %d bytes with flags %04x, ", length, itsFlags));
            return;
        }
        type = -1;
        name = "";
        if ((itsFlags & ~Part.FINAL) != Part.WHOLE) {
            throw violation("a fragment of a message");
        }
        if (length < Head.SHORTEST || length > LONGEST_HEAD) {
            throw violation("a first frame of " + length + " bytes");
        }
    }

    /**
     * The rule that the message keeps to, when this was its last frame.
     *
     * @param following what came after this frame; only looked at to say what was refused
     * @throws ViolationException when no message has such a frame here
     */
    Optional<Rule> content(ByteBuffer content, ByteBuffer following) throws ViolationException {
        if (number == 0) {
            begin(content, following);
        } else if (number == 1) {
            name = text(content);
        }
        keep(candidate -> candidate.shape().get(number).content().test(content), "");
        number++;
        if ((flags & Part.FINAL) == 0) {
            return Optional.empty();
        }
        Rule rule = left.get(0).rule();
        conversation.hear(rule, name);
        number = 0;
        return Optional.of(rule);
    }

    private void begin(ByteBuffer head, ByteBuffer following) throws ViolationException {
        type = head.duplicate().order(ByteOrder.LITTLE_ENDIAN).getInt(Head.TYPE_AT);
        name = nameIn(following);
        left = conversation.rulesFor(type, name).stream()
                .flatMap(rule -> rule.shapes().stream().map(shape -> new Candidate(rule, shape)))
                .toList();
        keep(
                candidate -> candidate.fits(0, flags, head.remaining()),
                "a first frame of " + head.remaining() + " bytes, ");
    }

    private void keep(Predicate<Candidate> good, String found) throws ViolationException {
        List<Candidate> still = left.stream().filter(good).toList();
        if (still.isEmpty()) {
            String wanted = left.stream()
                    .map(candidate -> candidate.part(number))
                    .distinct()
                    .collect(Collectors.joining(" or "));
            throw violation(found + "not " + wanted);
        }
        left = still;
    }

    private ViolationException violation(String reason) {
        return new ViolationException(type, name, reason);
    }

    /** In almost every message the second frame has the name of what it is about. */
    private String nameIn(ByteBuffer following) {
        ByteBuffer next = following.slice().order(ByteOrder.LITTLE_ENDIAN);
        if (!MessageTypes.isKnown(type) || next.remaining() < FRAME_HEADER || (next.getShort(4) & ~Part.FINAL) != 0) {
            return "";
        }
        int length = next.getInt(0) - FRAME_HEADER;
        boolean there = length >= 0 && length <= LONGEST_NAME && next.remaining() >= FRAME_HEADER + length;
        return there ? text(next.slice(FRAME_HEADER, length)) : "";
    }

    private String text(ByteBuffer content) {
        return AUTHENTICATIONS.contains(type) || content.remaining() > LONGEST_NAME
                ? ""
                : StandardCharsets.UTF_8.decode(content.duplicate()).toString();
    }
}
