package io.swarmctl.common.wire;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * What the controller says to an {@link EnrolmentRequest}. Signed by the controller.
 *
 * @param time the controller's clock, milliseconds since 1970
 * @param message for people: why the node waits or was refused, and what to do
 * @param certificate the node's certificate as PEM; only when enrolled
 * @param busCluster the name under which the node joins the bus; only when enrolled
 */
@Json
public record EnrolmentAnswer(
        Result result,
        String nonce,
        long time,
        String message,
        @Nullable String nodeId,
        @Nullable String certificate,
        @Nullable String busCluster) {
    /** How an enrolment request ended. */
    public enum Result {
        ENROLLED,
        /** A person has to approve it: ask again later. */
        PENDING,
        REFUSED
    }

    public EnrolmentAnswer {
        Absent.required(result, "result");
        Absent.required(nonce, "nonce");
        Absent.required(message, "message");
    }

    @Override
    public String toString() {
        return "EnrolmentAnswer[" + result + " " + nodeId + "]";
    }
}
