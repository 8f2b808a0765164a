package io.swarmctl.agent.link;

import io.swarmctl.common.trust.EcKeys;
import io.swarmctl.common.trust.FleetTrust;
import io.swarmctl.common.trust.Kind;
import io.swarmctl.common.trust.Signed;
import io.swarmctl.common.trust.TrustException;
import io.swarmctl.common.wire.EnrolmentAnswer;
import io.swarmctl.common.wire.EnrolmentRequest;
import io.swarmctl.common.wire.Services;
import io.swarmctl.common.wire.WireException;
import io.swarmctl.common.wire.WireJson;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLSocket;

/** Asks a controller to make this machine a node. */
public final class Enrolment {
    private static final int ANSWER_WITHIN_MILLIS = 15_000;

    private final FleetTls tls;
    private final FleetTrust trust;

    public Enrolment(FleetTls tls, FleetTrust trust) {
        this.tls = tls;
        this.trust = trust;
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
        String text = Signed.verifyCertified(Kind.ENROLMENT_ANSWER, exchange(address, jws), trust, Services.SIGNER);
        try {
            EnrolmentAnswer answer = WireJson.read(text, EnrolmentAnswer.class);
            if (!answer.nonce().equals(request.nonce())) {
                throw new TrustException("an answer to another request", null);
            }
            return answer;
        } catch (WireException e) {
            throw new IOException(e.getMessage(), e);
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
