package io.swarmctl.agent.link;

import io.swarmctl.agent.link.NodeIdentity.Credentials;
import io.swarmctl.common.trust.EcKeys;
import io.swarmctl.common.wire.Services;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Connects to the bus of whichever controller answers, the last good one first. */
public final class Uplinks implements Tunnel.Uplink {
    private final Discovery discovery;
    private final FleetTls tls;
    private final EcKeys keys;
    private final Contact contact;

    /** Replaced by the thread that renews them; every later connection is made with the new ones. */
    private volatile Credentials credentials;

    /** Set by the thread that enrols and by those of the tunnel: any good address will do, so the last one wins. */
    private volatile @Nullable ControllerAddress lastGood;

    public Uplinks(Discovery discovery, FleetTls tls, EcKeys keys, Credentials credentials, Contact contact) {
        this.discovery = discovery;
        this.tls = tls;
        this.keys = keys;
        this.credentials = credentials;
        this.contact = contact;
    }

    /** Says which controller answered before, so that it is tried first. */
    public void prefer(ControllerAddress address) {
        lastGood = address;
    }

    /** The one that answered last. */
    public Optional<ControllerAddress> lastGood() {
        return Optional.ofNullable(lastGood);
    }

    public void renew(Credentials renewed) {
        credentials = renewed;
    }

    @Override
    public Socket connect() throws IOException {
        List<Attempt> failures = new ArrayList<>();
        ControllerAddress known = lastGood;
        Optional<Socket> socket = known == null ? Optional.empty() : connect(List.of(known), failures);
        if (socket.isEmpty()) {
            socket = connect(discovery.controllers(), failures);
        }
        if (socket.isEmpty()) {
            contact.missed(failures);
            throw new IOException("no controller answers " + failures);
        }
        return socket.get();
    }

    /**
     * A connection to another service of the controller that answered last.
     *
     * @throws IOException when none has answered, or it does not now
     */
    public Socket connect(String service) throws IOException {
        ControllerAddress known = lastGood;
        if (known == null) {
            throw new IOException("no controller has answered yet");
        }
        return tls.connect(known, service, keys.privateKey(), credentials.certificate());
    }

    private Optional<Socket> connect(Iterable<ControllerAddress> addresses, List<Attempt> failures) {
        for (ControllerAddress address : addresses) {
            try {
                Socket socket = tls.connect(address, Services.BUS, keys.privateKey(), credentials.certificate());
                prefer(address);
                return Optional.of(socket);
            } catch (IOException e) {
                failures.add(Attempt.failed(address, e));
            }
        }
        return Optional.empty();
    }
}
