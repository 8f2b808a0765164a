package io.swarmctl.agent.link;

import io.swarmctl.common.trust.EcKeys;
import io.swarmctl.common.trust.FleetTrust;
import io.swarmctl.common.trust.Kind;
import io.swarmctl.common.trust.Signed;
import io.swarmctl.common.trust.TrustException;
import io.swarmctl.common.wire.EnrolmentAnswer;
import io.swarmctl.common.wire.EnrolmentRequest;
import io.swarmctl.common.wire.Services;
import io.swarmctl.common.wire.TimeAnswer;
import io.swarmctl.common.wire.TimeRequest;
import io.swarmctl.common.wire.WireException;
import io.swarmctl.common.wire.WireJson;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks at a controller's door: to make this machine a node, or what time it is. */
public final class Enrolment {
    private static final Logger LOG = LoggerFactory.getLogger(Enrolment.class);
    private static final int ANSWER_WITHIN_MILLIS = 15_000;
    private static final int NONCE_BYTES = 16;

    private final FleetTls tls;
    private final FleetTrust trust;
    private final RandomGenerator random;
    private final Consumer<Instant> time;

    /**
     * @param random a secret one: who knows a nonce beforehand can keep an answer for later
     * @param time is given the controller's time from every answer
     */
    public Enrolment(FleetTls tls, FleetTrust trust, RandomGenerator random, Consumer<Instant> time) {
        this.tls = tls;
        this.trust = trust;
        this.random = random;
        this.time = time;
    }

    /** What no earlier question had. */
    String nonce() {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        return HexFormat.of().formatHex(nonce);
    }

    /**
     * Asks a controller for the time, and hands it on.
     *
     * @throws IOException when the controller cannot be reached or does not answer
     * @throws TrustException when the answer is not the fleet's, or not to this question
     */
    public void askTime(ControllerAddress address) throws IOException, TrustException {
        TimeRequest request = new TimeRequest(nonce());
        String jws = exchange(address, WireJson.write(request, TimeRequest.class));
        TimeAnswer answer =
                read(Signed.verifyCertified(Kind.TIME_ANSWER, jws, trust, Services.SIGNER), TimeAnswer.class);
        requireSame(request.nonce(), answer.nonce());
        heard(Instant.ofEpochMilli(answer.time()), Kind.TIME_ANSWER, jws);
    }

    /**
     * Asks once.
     *
     * @throws IOException when the controller cannot be reached or does not answer
     * @throws TrustException when the answer is not the fleet's, or not to this request
     */
    public EnrolmentAnswer ask(ControllerAddress address, EnrolmentRequest request, EcKeys keys)
            throws IOException, TrustException {
        String jws = Signed.signWithKey(Kind.ENROLMENT_REQUEST, WireJson.write(request, EnrolmentRequest.class), keys);
        String answered = exchange(address, jws);
        EnrolmentAnswer answer = read(
                Signed.verifyCertified(Kind.ENROLMENT_ANSWER, answered, trust, Services.SIGNER), EnrolmentAnswer.class);
        requireSame(request.nonce(), answer.nonce());
        heard(Instant.ofEpochMilli(answer.time()), Kind.ENROLMENT_ANSWER, answered);
        return answer;
    }

    private static <T> T read(String text, Class<T> type) throws IOException {
        try {
            return WireJson.read(text, type);
        } catch (WireException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static void requireSame(String asked, String answered) throws TrustException {
        if (!answered.equals(asked)) {
            throw new TrustException("an answer to another request", null);
        }
    }

    /** A time at which the signer's own certificate is not good is not believed. */
    private void heard(Instant said, Kind kind, String jws) {
        try {
            String unused = Signed.verifyCertified(kind, jws, trust.at(said), Services.SIGNER);
            time.accept(said);
        } catch (TrustException e) {
            LOG.warn("the controller says that it is {}, and contradicts itself: {}", said, e.getMessage());
        }
    }

    private String exchange(ControllerAddress address, String message) throws IOException {
        try (SSLSocket socket = tls.connect(address, Services.ENROL)) {
            socket.setSoTimeout(ANSWER_WITHIN_MILLIS);
            byte[] content = message.getBytes(StandardCharsets.UTF_8);
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            out.writeInt(content.length);
            out.write(content);
            out.flush();
            DataInputStream in = new DataInputStream(socket.getInputStream());
            int length = in.readInt();
            if (length < 1 || length > Services.MAX_MESSAGE_BYTES) {
                throw new IOException("an answer of " + length + " bytes");
            }
            return new String(in.readNBytes(length), StandardCharsets.UTF_8);
        }
    }
}
