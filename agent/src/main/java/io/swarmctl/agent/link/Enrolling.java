package io.swarmctl.agent.link;

import io.swarmctl.agent.link.NodeIdentity.Credentials;
import io.swarmctl.common.trust.Certificates;
import io.swarmctl.common.trust.TrustException;
import io.swarmctl.common.wire.EnrolmentAnswer;
import io.swarmctl.common.wire.EnrolmentAnswer.Result;
import io.swarmctl.common.wire.EnrolmentRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks every controller that can be found, again and again, until one of them has made this machine a node. */
public final class Enrolling {
    private static final Logger LOG = LoggerFactory.getLogger(Enrolling.class);
    private static final int LOUD_ROUNDS = 5;
    private static final int QUIET_EVERY = 20;

    private final Discovery discovery;
    private final Enrolment enrolment;
    private final NodeIdentity identity;
    private final Path enrolmentKey;
    private final Contact contact;
    private final Patience patience;
    private final Map<ControllerAddress, String> lastHeard = new HashMap<>();

    /** Set by the thread that enrols, and later by that which renews the certificate. */
    private volatile @Nullable ControllerAddress enrolledBy;

    /** What the node says of itself. */
    public record Board(String serial, String model, long memoryBytes, String address, String agentVersion) {}

    /** @param enrolmentKey the file with the image's key; it is wiped once the node is enrolled */
    public Enrolling(
            Discovery discovery,
            Enrolment enrolment,
            NodeIdentity identity,
            Path enrolmentKey,
            Contact contact,
            RandomGenerator random) {
        this.discovery = discovery;
        this.enrolment = enrolment;
        this.identity = identity;
        this.enrolmentKey = enrolmentKey;
        this.contact = contact;
        this.patience = new Patience(random);
    }

    /**
     * Returns once the node is enrolled, which it may be already.
     *
     * @throws IOException when the node's own disk fails
     */
    public Credentials untilEnrolled(Board board) throws IOException, InterruptedException {
        for (int round = 1; ; round++) {
            Optional<Credentials> credentials = identity.credentials();
            if (credentials.isPresent()) {
                wipeKey();
                return credentials.get();
            }
            boolean loud = round <= LOUD_ROUNDS || round % QUIET_EVERY == 0;
            Round asked = round(board, loud);
            if (!asked.enrolled()) {
                contact.missed(asked.attempts());
                Thread.sleep(patience.after(asked.heard()).toMillis());
            }
        }
    }

    /**
     * Asks every controller once more, for a new certificate.
     *
     * @return what one of them said; empty when none answered
     * @throws IOException when the node's own disk fails
     */
    public Optional<Result> again(Board board) throws IOException {
        Round asked = round(board, true);
        // Whom nobody answers hears nothing new of the bus by that, and it is the bus that counts.
        if (!asked.enrolled() && asked.heard().isPresent()) {
            contact.missed(asked.attempts());
        }
        return asked.heard();
    }

    /** The controller that has enrolled the node; empty when none has since the agent started. */
    public Optional<ControllerAddress> enrolledBy() {
        return Optional.ofNullable(enrolledBy);
    }

    /**
     * What came of asking everybody once.
     *
     * @param heard empty when nobody answered
     */
    private record Round(Optional<Result> heard, List<Attempt> attempts) {
        boolean enrolled() {
            return heard.filter(Result.ENROLLED::equals).isPresent();
        }
    }

    private Round round(Board board, boolean loud) throws IOException {
        Optional<Result> heard = Optional.empty();
        List<Attempt> attempts = new ArrayList<>();
        for (ControllerAddress address : discovery.controllers()) {
            try {
                EnrolmentAnswer answer = enrolment.ask(address, request(board), identity.keys());
                if (loud || !answer.message().equals(lastHeard.put(address, answer.message()))) {
                    LOG.info("{} says: {}", address, answer.message());
                }
                if (answer.result() == Result.ENROLLED) {
                    identity.keep(
                            Objects.requireNonNull(answer.certificate()), Objects.requireNonNull(answer.busCluster()));
                    contact.reached(address);
                    enrolledBy = address;
                    return new Round(Optional.of(Result.ENROLLED), attempts);
                }
                attempts.add(Attempt.answered(address, answer.message()));
                heard = heard.filter(Result.PENDING::equals).or(() -> Optional.of(answer.result()));
            } catch (IOException | TrustException e) {
                attempts.add(Attempt.failed(address, e));
                if (loud) {
                    LOG.warn("no enrolment with {}: {}", address, e.getMessage());
                }
            }
        }
        return new Round(heard, attempts);
    }

    private EnrolmentRequest request(Board board) throws IOException {
        String enrolmentKey = readKey();
        return new EnrolmentRequest(
                board.serial(),
                board.model(),
                board.memoryBytes(),
                board.address(),
                board.agentVersion(),
                enrolmentKey,
                enrolmentKey == null ? certificate() : null,
                enrolment.nonce());
    }

    private @Nullable String certificate() throws IOException {
        return identity.credentials()
                .map(credentials -> Certificates.toPem(credentials.certificate()))
                .orElse(null);
    }

    private @Nullable String readKey() throws IOException {
        try (Stream<String> lines = Files.lines(enrolmentKey)) {
            return lines.map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .findFirst()
                    .orElse(null);
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private void wipeKey() throws IOException {
        Files.deleteIfExists(enrolmentKey);
    }
}
