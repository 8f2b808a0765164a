package io.swarmctl.controller.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmctl.common.wire.Services;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FramesTest {
    private final List<String> messages = new ArrayList<>();
    private int misfits;
    private final Handler<Buffer> stream = Frames.firstMessage(messages::add, () -> misfits++);

    @Test
    void aMessageIsReadWhole() {
        stream.handle(Frames.frame("grüezi"));
        assertThat(messages).containsExactly("grüezi");
    }

    @Test
    void aMessageIsReadHoweverItIsSplit() {
        Buffer frame = Frames.frame("grüezi");
        for (int i = 0; i < frame.length(); i++) {
            assertThat(messages).isEmpty();
            stream.handle(frame.getBuffer(i, i + 1));
        }
        assertThat(messages).containsExactly("grüezi");
        assertThat(misfits).isZero();
    }

    @Test
    void whatFollowsTheFirstMessageIsNotRead() {
        stream.handle(Frames.frame("first").appendBuffer(Frames.frame("again")));
        stream.handle(Frames.frame("again"));
        assertThat(messages).containsExactly("first");
        assertThat(misfits).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE, Services.MAX_MESSAGE_BYTES + 1, Integer.MAX_VALUE})
    void aLengthThatCannotBeIsAMisfitOnce(int length) {
        stream.handle(Buffer.buffer().appendInt(length).appendString("some bytes more"));
        stream.handle(Frames.frame("and a message"));
        assertThat(misfits).isEqualTo(1);
        assertThat(messages).isEmpty();
    }

    @Test
    void theLongestMessageIsTaken() {
        String longest = "x".repeat(Services.MAX_MESSAGE_BYTES);
        stream.handle(Frames.frame(longest));
        assertThat(messages).containsExactly(longest);
    }
}
