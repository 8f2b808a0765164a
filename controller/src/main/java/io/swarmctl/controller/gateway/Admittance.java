package io.swarmctl.controller.gateway;

import io.swarmctl.common.trust.EcKeys;
import io.swarmctl.controller.fleet.Fleet;
import io.swarmctl.controller.fleet.FleetNode;
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
    static Optional<String> node(Fleet fleet, X509Certificate certificate) {
        return commonName(certificate)
                .filter(nodeId -> mayUseBus(fleet, nodeId))
                .filter(nodeId -> fleet.node(nodeId)
                        .filter(node -> hasKey(node, certificate))
                        .isPresent());
    }

    static boolean mayUseBus(Fleet fleet, String nodeId) {
        return fleet.node(nodeId)
                .filter(node -> switch (node.status()) {
                    case ENROLLED, REMOVING -> true;
                    case PENDING, REVOKED -> false;
                })
                .isPresent();
    }

    private static boolean hasKey(FleetNode node, X509Certificate certificate) {
        return certificate.getPublicKey() instanceof ECPublicKey key
                && node.publicJwk().equals(EcKeys.toJwk(key));
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
