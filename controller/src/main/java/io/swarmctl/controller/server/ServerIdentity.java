package io.swarmctl.controller.server;

import io.swarmctl.common.trust.Certificates;
import io.swarmctl.common.trust.EcKeys;
import io.swarmctl.common.wire.Services;
import io.swarmctl.controller.enrol.FleetCa;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.asn1.x509.GeneralName;

/**
 * The controller's key and certificate for TLS, made anew at every start: clients know the CA.
 *
 * @param certifiedAt by the clock of then
 */
record ServerIdentity(PemKeyCertOptions key, PemTrustOptions trust, List<String> names, Instant certifiedAt) {
    private static final Duration GOOD_FOR =
            FleetCa.CONTROLLER_LIFE.dividedBy(3).multipliedBy(2);

    private static final String CONTROLLER_NAME = "controller.swarmctl.internal";
    private static final String PACKAGES = "packages.swarmctl.internal";

    static ServerIdentity certifiedBy(FleetCa ca, List<String> extraNames, Instant now) {
        List<String> own = new ArrayList<>(extraNames);
        own.addAll(List.of(Services.ENROL, Services.BUS, Services.LINK, PACKAGES, CONTROLLER_NAME, "localhost"));
        List<GeneralName> names = new ArrayList<>();
        own.forEach(name -> names.add(name(name)));
        machineNames().stream().filter(name -> !own.contains(name)).forEach(name -> names.add(name(name)));
        EcKeys keys = EcKeys.generate();
        X509Certificate certificate = ca.certifyController(keys.publicKey(), names, now);
        return new ServerIdentity(
                new PemKeyCertOptions()
                        .addKeyValue(Buffer.buffer(pem(keys)))
                        .addCertValue(
                                Buffer.buffer(Certificates.toPem(certificate) + Certificates.toPem(ca.certificate()))),
                new PemTrustOptions().addCertValue(Buffer.buffer(Certificates.toPem(ca.certificate()))),
                machineNames(),
                now);
    }

    /** Whether it is about to end, or was made by a clock that was ahead. */
    boolean isStale(Instant now) {
        return now.isBefore(certifiedAt) || now.isAfter(certifiedAt.plus(GOOD_FOR));
    }

    private static GeneralName name(String name) {
        boolean address = name.indexOf(':') >= 0 || name.matches("[0-9.]+");
        return new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, name);
    }

    /** The machine's host name, then its addresses. */
    private static List<String> machineNames() {
        List<String> names = new ArrayList<>();
        try {
            names.add(InetAddress.getLocalHost().getHostName());
            NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> !address.isLinkLocalAddress() && !address.isMulticastAddress())
                    .map(InetAddress::getHostAddress)
                    .map(address -> address.replaceAll("%.*", ""))
                    .forEach(names::add);
        } catch (UnknownHostException | SocketException e) {
            names.add("127.0.0.1");
        }
        return names.stream().distinct().toList();
    }

    private static String pem(EcKeys keys) {
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(keys.privateKey().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
    }
}
