package io.swarmctl.controller.gateway;

import io.swarmctl.common.trust.EcKeys;
import io.swarmctl.controller.fleet.Fleet;
import io.swarmctl.controller.fleet.FleetNode;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/** Who may use the bus: nodes of the fleet with the key that they were enrolled with. */
final class Admittance {
    private Admittance() {}

    /** A node and the key of the card that speaks for it. */
    record Peer(String nodeId, String publicJwk) {}

    /** Whom a certificate, known to come from the fleet's CA, stands for; empty when it may not use the bus. */
    static Optional<Peer> peer(Fleet fleet, X509Certificate certificate) {
        return commonName(certificate)
                .flatMap(nodeId -> certificate.getPublicKey() instanceof ECPublicKey key
                        ? Optional.of(new Peer(nodeId, EcKeys.toJwk(key)))
                        : Optional.empty())
                .filter(peer -> mayUseBus(fleet, peer));
    }

    static boolean mayUseBus(Fleet fleet, Peer peer) {
        return mayUseBus(fleet.nodes(), peer);
    }

    private static boolean mayUseBus(Map<String, FleetNode> nodes, Peer peer) {
        return Optional.ofNullable(nodes.get(peer.nodeId()))
                .filter(node -> switch (node.status()) {
                    case ENROLLED, REMOVING -> node.publicJwk().equals(peer.publicJwk());
                    case PENDING, REVOKED -> false;
                })
                .isPresent();
    }

    /** Whether somebody who could use the bus before may not do so now, or not with the same key. */
    static boolean isNarrower(Fleet before, Fleet now) {
        Iterator<FleetNode> others = now.nodes().values().iterator();
        for (FleetNode node : before.nodes().values()) {
            FleetNode other = others.hasNext() ? others.next() : null;
            // Both are in the order of their ids: as long as nobody comes or goes, they go side by side.
            if (other == null
                    || !other.id().equals(node.id())
                    || !other.standing().equals(node.standing())) {
                return before.nodes().values().stream().anyMatch(one -> isShutOut(one, now));
            }
        }
        return false;
    }

    private static boolean isShutOut(FleetNode node, Fleet now) {
        Peer peer = new Peer(node.id(), node.publicJwk());
        return mayUseBus(Map.of(node.id(), node), peer) && !mayUseBus(now.nodes(), peer);
    }

    private static Optional<String> commonName(X509Certificate certificate) {
        try {
            return new LdapName(certificate.getSubjectX500Principal().getName())
                    .getRdns().stream()
                            .filter(rdn -> rdn.getType().equalsIgnoreCase("CN"))
                            .map(Rdn::getValue)
                            .map(String::valueOf)
                            .findFirst();
        } catch (InvalidNameException e) {
            return Optional.empty();
        }
    }
}
