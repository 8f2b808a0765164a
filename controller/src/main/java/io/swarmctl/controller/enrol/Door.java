package io.swarmctl.controller.enrol;

import io.swarmctl.common.trust.Certificates;
import io.swarmctl.common.trust.EcKeys;
import io.swarmctl.common.trust.Kind;
import io.swarmctl.common.trust.Signed;
import io.swarmctl.common.trust.Signed.SelfSigned;
import io.swarmctl.common.trust.TrustException;
import io.swarmctl.common.wire.EnrolmentAnswer;
import io.swarmctl.common.wire.EnrolmentAnswer.Result;
import io.swarmctl.common.wire.EnrolmentRequest;
import io.swarmctl.common.wire.NodeIds;
import io.swarmctl.common.wire.TimeAnswer;
import io.swarmctl.common.wire.TimeRequest;
import io.swarmctl.common.wire.WireException;
import io.swarmctl.common.wire.WireJson;
import io.swarmctl.controller.fleet.Admission;
import io.swarmctl.controller.fleet.Fleet;
import io.swarmctl.controller.fleet.FleetException;
import io.swarmctl.controller.fleet.FleetLoop;
import io.swarmctl.controller.fleet.FleetNode;
import io.swarmctl.controller.fleet.FleetNode.Candidate;
import io.swarmctl.controller.fleet.Knock;
import java.io.IOException;
import java.security.interfaces.ECPublicKey;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where new nodes knock: answers enrolment requests, requests for a new certificate from nodes it knows, and who asks
 * for the time.
 */
public final class Door {
    private static final Logger LOG = LoggerFactory.getLogger(Door.class);

    private final FleetLoop loop;
    private final FleetCa ca;
    private final ControllerKeys keys;
    private final String busCluster;
    private final Executor crypto;
    private final InstantSource clock;

    /** @param crypto where signatures are checked and certificates made, off the event loop */
    public Door(
            FleetLoop loop, FleetCa ca, ControllerKeys keys, String busCluster, Executor crypto, InstantSource clock) {
        this.loop = loop;
        this.ca = ca;
        this.keys = keys;
        this.busCluster = busCluster;
        this.crypto = crypto;
        this.clock = clock;
    }

    /**
     * The signed answer to a request: for enrolment, which is signed too, or for the time, which is not.
     *
     * <p>The result fails with {@link TrustException} or {@link WireException} when what came is no request, with
     * {@link IOException} when the fleet cannot be changed now or too many knock at once; then there is no answer, and
     * the node asks again.
     *
     * @param peer the address that it came from, for the log
     */
    public CompletableFuture<String> answer(String request, String peer) {
        try {
            return request.startsWith("{")
                    ? CompletableFuture.supplyAsync(() -> time(request), crypto)
                    : CompletableFuture.supplyAsync(() -> read(request), crypto)
                            .thenCompose(asked -> admit(asked, peer))
                            .thenApplyAsync(
                                    answer -> keys.sign(
                                            Kind.ENROLMENT_ANSWER, WireJson.write(answer, EnrolmentAnswer.class)),
                                    crypto);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(new IOException("too many nodes knock at once", e));
        }
    }

    private String time(String json) {
        try {
            TimeRequest request = WireJson.read(json, TimeRequest.class);
            TimeAnswer answer = new TimeAnswer(request.nonce(), clock.millis());
            return keys.sign(Kind.TIME_ANSWER, WireJson.write(answer, TimeAnswer.class));
        } catch (WireException e) {
            throw new CompletionException(e);
        }
    }

    private record Asked(EnrolmentRequest request, ECPublicKey key, boolean certified) {
        String publicJwk() {
            return EcKeys.toJwk(key);
        }
    }

    private Asked read(String jws) {
        try {
            SelfSigned signed = Signed.verifyOwnKey(Kind.ENROLMENT_REQUEST, jws);
            EnrolmentRequest request = WireJson.read(signed.text(), EnrolmentRequest.class);
            return new Asked(request, signed.key(), isCertified(request, signed.key()));
        } catch (TrustException | WireException e) {
            throw new CompletionException(e);
        }
    }

    private boolean isCertified(EnrolmentRequest request, ECPublicKey key) {
        String shown = request.certificate();
        try {
            return shown != null
                    && ca.hasCertified(Certificates.fromPem(shown), NodeIds.ofSerial(request.serial()), key);
        } catch (TrustException | IllegalArgumentException e) {
            return false;
        }
    }

    private CompletableFuture<EnrolmentAnswer> admit(Asked asked, String peer) {
        Knock knock = new Knock(asked.request(), asked.publicJwk(), asked.certified());
        return loop.change("node", fleet -> Admission.admit(fleet, knock, clock.instant()))
                .thenApplyAsync(fleet -> welcome(fleet, asked), crypto)
                .exceptionally(failure -> refuse(asked.request(), peer, failure));
    }

    /** By the fleet as it is now: another card may have come in or asked in the same moment. */
    private EnrolmentAnswer welcome(Fleet fleet, Asked asked) {
        FleetNode node = fleet.node(NodeIds.ofSerial(asked.request().serial())).orElse(null);
        if (node == null || !node.publicJwk().equals(asked.publicJwk())) {
            return waits(asked, node == null ? null : node.candidate());
        }
        return switch (node.status()) {
            case ENROLLED, REMOVING -> enrolled(node, asked);
            case PENDING ->
                answer(
                        asked.request(),
                        Result.PENDING,
                        "waits for approval: " + node.standing().reason());
            case REVOKED -> answer(asked.request(), Result.REFUSED, node.name() + " was revoked");
        };
    }

    private EnrolmentAnswer waits(Asked asked, @Nullable Candidate candidate) {
        String why = candidate != null && candidate.publicJwk().equals(asked.publicJwk())
                ? "waits for approval: " + candidate.reason()
                : "another card with this serial came first; ask again";
        return answer(asked.request(), Result.PENDING, why);
    }

    private EnrolmentAnswer enrolled(FleetNode node, Asked asked) {
        String certificate = Certificates.toPem(ca.certifyNode(node.id(), asked.key(), clock.instant()));
        return new EnrolmentAnswer(
                Result.ENROLLED,
                asked.request().nonce(),
                clock.millis(),
                "welcome, " + node.name(),
                node.id(),
                certificate,
                busCluster);
    }

    private EnrolmentAnswer refuse(EnrolmentRequest request, String peer, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (!(cause instanceof FleetException refusal)) {
            throw new CompletionException(cause);
        }
        LOG.warn("refused the board {} at {}: {}", request.serial(), peer, refusal.getMessage());
        return answer(request, Result.REFUSED, refusal.getMessage() + "; " + refusal.remedy());
    }

    private EnrolmentAnswer answer(EnrolmentRequest request, Result result, String message) {
        return new EnrolmentAnswer(result, request.nonce(), clock.millis(), message, null, null, null);
    }
}
