package io.swarmctl.agent.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.swarmctl.agent.answer.Answering.Respondent;
import io.swarmctl.agent.answer.Answering.Topic;
import io.swarmctl.agent.link.Bus.BusException;
import io.swarmctl.agent.link.StateDirectory;
import io.swarmctl.common.trust.EcKeys;
import io.swarmctl.common.trust.Kind;
import io.swarmctl.common.trust.Signed;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnsweringTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Topic TOPIC = new Topic("weather", Kind.DIAGNOSIS, "forecasts");

    private final EcKeys keys = EcKeys.generate();
    private final AtomicInteger looks = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private final List<String> sent = new CopyOnWriteArrayList<>();
    private StateDirectory state;

    @BeforeEach
    void prepare(@TempDir Path directory) throws IOException {
        state = new StateDirectory(directory.resolve("state"));
    }

    private Answering answering(Respondent respondent) {
        return new Answering(TOPIC, new Answering.Node("serial-1", keys, state, this::put), respondent);
    }

    private Answering answering() {
        return answering(number -> {
            looks.incrementAndGet();
            return "rain " + number;
        });
    }

    private void put(String map, String value) throws BusException {
        assertThat(map).isEqualTo("forecasts");
        if (failures.getAndDecrement() > 0) {
            throw new BusException("no bus", new IOException());
        }
        sent.add(value);
    }

    private String text(int index) throws Exception {
        return Signed.verify(Kind.DIAGNOSIS, sent.get(index), keys.publicKey());
    }

    @Test
    void anAnswerIsSignedAndSent() throws Exception {
        try (Answering answering = answering()) {
            answering.follow(7L);
            await().atMost(SOON).until(() -> sent.size() == 1);
        }
        assertThat(text(0)).isEqualTo("rain 7");
    }

    @Test
    void eachQuestionIsAnsweredOnceAlsoAfterARestartOfTheAgent() throws Exception {
        try (Answering answering = answering()) {
            answering.follow(null);
            answering.follow(7L);
            await().atMost(SOON).until(() -> sent.size() == 1);
        }
        try (Answering answering = answering()) {
            answering.follow(7L);
            answering.follow(8L);
            await().atMost(SOON).until(() -> sent.size() == 2);
            answering.follow(6L);
            answering.follow(9L);
            await().atMost(SOON).until(() -> sent.size() == 3);
        }
        assertThat(text(2)).isEqualTo("rain 9");
        assertThat(looks).hasValue(3);
    }

    @Test
    void ofThoseThatComeMeanwhileTheLatestIsAnswered() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        try (Answering answering = answering(number -> {
            begun.countDown();
            go.await();
            return "rain " + number;
        })) {
            answering.follow(7L);
            begun.await();
            answering.follow(8L);
            answering.follow(9L);
            go.countDown();
            await().atMost(SOON).until(() -> sent.size() == 2);
        }
        assertThat(text(1)).isEqualTo("rain 9");
    }

    @Test
    void aBusThatIsAwayForAMomentIsTriedAgain() {
        failures.set(1);
        try (Answering answering = answering()) {
            answering.follow(7L);
            await().atMost(SOON).until(() -> sent.size() == 1);
        }
        assertThat(looks).hasValue(1);
    }

    @Test
    void oneThatBreaksIsNotTriedAgainAndTheNextIs() {
        try (Answering answering = answering(number -> {
            if (looks.incrementAndGet() == 1) {
                throw new IllegalStateException("broken");
            }
            return "rain";
        })) {
            answering.follow(7L);
            await().atMost(SOON).until(() -> looks.get() == 1);
            answering.follow(7L);
            answering.follow(8L);
            await().atMost(SOON).until(() -> sent.size() == 1);
        }
        assertThat(looks).hasValue(2);
    }
}
