package io.swarmctl.common.wire;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * A node asks for its certificate. Signed with the node's own key, which stands in the signature's header.
 *
 * @param enrolmentKey the image's key; null when the node asks again after it was wiped
 * @param certificate the node's certificate as PEM, which may have expired; given only without an enrolment key, so that
 *     a controller that does not know the node any more sees whose it was
 * @param nonce comes back in the answer, so that an old answer is not taken for a new one
 */
@Json
public record EnrolmentRequest(
        String serial,
        String model,
        long memoryBytes,
        String address,
        String agentVersion,
        @Nullable String enrolmentKey,
        @Nullable String certificate,
        String nonce) {
    public EnrolmentRequest {
        Absent.required(serial, "serial");
        Absent.required(model, "model");
        Absent.required(address, "address");
        Absent.required(agentVersion, "agentVersion");
        Absent.required(nonce, "nonce");
    }

    @Override
    public String toString() {
        return "EnrolmentRequest[" + serial + "]";
    }
}
