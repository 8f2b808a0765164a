package io.swarmctl.agent;

import io.swarmctl.agent.link.Contact;
import io.swarmctl.agent.link.Discovery;
import io.swarmctl.agent.link.Enrolling;
import io.swarmctl.agent.link.Enrolling.Board;
import io.swarmctl.agent.link.Enrolment;
import io.swarmctl.agent.link.FleetTls;
import io.swarmctl.agent.link.NodeIdentity;
import io.swarmctl.agent.link.Renewal;
import io.swarmctl.agent.link.TimeCheck;
import io.swarmctl.agent.time.Timekeeper;
import io.swarmctl.common.trust.FleetTrust;
import io.swarmctl.common.wire.EnrolmentAnswer.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** What an agent asks at the controllers' door. */
record AtDoor(Enrolling enrolling, TimeCheck time) {
    /**
     * At the door, no dates but a time service's are held against certificates: the time itself is asked there, and one
     * that was told wrongly must not keep the agent from hearing a better one.
     */
    static AtDoor of(
            Discovery discovery,
            X509Certificate ca,
            Timekeeper time,
            NodeIdentity identity,
            Path enrolmentKey,
            Contact contact,
            RandomGenerator random) {
        FleetTrust trust = FleetTrust.by(ca, time::kept);
        Enrolment enrolment = new Enrolment(new FleetTls(trust), trust, random, time::told);
        return new AtDoor(
                new Enrolling(discovery, enrolment, identity, enrolmentKey, contact, random),
                new TimeCheck(discovery, enrolment, time, random));
    }

    /** @throws IOException when the node's own disk fails */
    Renewal.Reply knock(NodeIdentity identity, Board board) throws IOException {
        Optional<Result> said = enrolling.again(board);
        boolean enrolled = said.filter(Result.ENROLLED::equals).isPresent();
        return new Renewal.Reply(
                said.filter(Result.PENDING::equals).isPresent(),
                enrolled ? identity.credentials().orElse(null) : null);
    }
}
