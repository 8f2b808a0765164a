package io.swarmctl.controller.gateway.protocol;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Describes a message's first frame: type, correlation and partition, then the fields that are always there. Little endian. */
final class Head {
    static final int TYPE_AT = 0;
    static final int SHORTEST = 16;
    private static final int PARTITION_AT = 12;
    private static final int NO_PARTITION = -1;

    private final List<Predicate<ByteBuffer>> fields = new ArrayList<>();
    private final StringBuilder what = new StringBuilder("a head");

    private Head(int partition) {
        int32("partition", PARTITION_AT, partition);
    }

    static Head ofNoPartition() {
        return new Head(NO_PARTITION);
    }

    static Head of(int partition) {
        return new Head(partition);
    }

    Head int8(String name, int at, int value) {
        fields.add(head -> head.get(at) == value);
        return named(name, value);
    }

    Head int32(String name, int at, int value) {
        fields.add(head -> head.order(ByteOrder.LITTLE_ENDIAN).getInt(at) == value);
        return named(name, value);
    }

    Head int64(String name, int at, long value) {
        fields.add(head -> head.order(ByteOrder.LITTLE_ENDIAN).getLong(at) == value);
        return named(name, value);
    }

    Part ofLength(int bytes) {
        List<Predicate<ByteBuffer>> all = List.copyOf(fields);
        return Part.head(what.toString(), bytes, head -> all.stream().allMatch(field -> field.test(head)));
    }

    private Head named(String name, long value) {
        what.append(fields.size() == 1 ? " with " : ", ")
                .append(name)
                .append(' ')
                .append(value);
        return this;
    }
}
