package io.swarmctl.controller.gateway;

import io.swarmctl.common.trust.EcKeys;
import io.swarmctl.controller.fleet.Fleet;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/** Who may use the bus: nodes of the fleet with the key that they were enrolled with. */
final class Admittance {
    private Admittance() {}

    /** The node that a certificate, known to come from the fleet's CA, stands for; empty when it may not use the bus. */
    static Optional<NodeKey> node(Fleet fleet, X509Certificate certificate) {
        if (!(certificate.getPublicKey() instanceof ECPublicKey key)) {
            return Optional.empty();
        }
        return commonName(certificate)
                .map(nodeId -> new NodeKey(nodeId, EcKeys.toJwk(key)))
                .filter(node -> mayUseBus(fleet, node));
    }

    /** Whether the node is one of the fleet, still with that key. */
    static boolean mayUseBus(Fleet fleet, NodeKey peer) {
        return fleet.node(peer.nodeId())
                .filter(node -> node.publicJwk().equals(peer.publicJwk()))
                .filter(node -> switch (node.status()) {
                    case ENROLLED, REMOVING -> true;
                    case PENDING, REVOKED -> false;
                })
                .isPresent();
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
