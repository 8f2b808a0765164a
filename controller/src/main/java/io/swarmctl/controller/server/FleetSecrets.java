package io.swarmctl.controller.server;

import io.swarmctl.common.trust.Certificates;
import io.swarmctl.common.trust.EcKeys;
import io.swarmctl.common.trust.TrustException;
import io.swarmctl.common.wire.Services;
import io.swarmctl.controller.enrol.ControllerKeys;
import io.swarmctl.controller.enrol.FleetCa;
import io.swarmctl.controller.store.Secrets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.bouncycastle.asn1.x509.GeneralName;

/**
 * What makes a controller this fleet's: its CA, the key it signs specs with, and the bus's name. Made at the first
 * start, the same ever after.
 */
record FleetSecrets(FleetCa ca, ControllerKeys keys, String busCluster) {
    private static final String CA_CERTIFICATE = "ca.crt";
    private static final String CA_KEY = "ca.key";
    private static final String SIGNER_KEY = "signer.key";
    private static final String BUS_CLUSTER = "bus-cluster";
    private static final String PUBLIC_HALF = ".pub";
    private static final int CLUSTER_BYTES = 24;

    static FleetSecrets loadOrCreate(Secrets secrets, String fleetId, Instant now) throws IOException {
        try {
            FleetCa ca = ca(secrets, fleetId, now);
            EcKeys signer = storedOrNew(secrets, SIGNER_KEY);
            GeneralName name = new GeneralName(GeneralName.dNSName, Services.SIGNER);
            return new FleetSecrets(
                    ca, new ControllerKeys(signer, ca.certifySigner(signer.publicKey(), name)), busCluster(secrets));
        } catch (TrustException | CertificateEncodingException e) {
            throw new IOException("the fleet's keys in the store are damaged; restore the data directory", e);
        }
    }

    /** The certificate is stored last: without it the CA was never used. */
    private static FleetCa ca(Secrets secrets, String fleetId, Instant now)
            throws IOException, TrustException, CertificateEncodingException {
        Optional<byte[]> certificate = secrets.get(CA_CERTIFICATE);
        if (certificate.isPresent()) {
            EcKeys keys = stored(secrets, CA_KEY)
                    .orElseThrow(() -> new TrustException("the CA's certificate is there and its key is not", null));
            return new FleetCa(keys, Certificates.decode(certificate.get()));
        }
        FleetCa created = FleetCa.create(fleetId, now);
        put(secrets, CA_KEY, created.keys());
        secrets.put(CA_CERTIFICATE, created.certificate().getEncoded());
        return created;
    }

    private static EcKeys storedOrNew(Secrets secrets, String name) throws IOException, TrustException {
        Optional<EcKeys> stored = stored(secrets, name);
        if (stored.isPresent()) {
            return stored.get();
        }
        EcKeys created = EcKeys.generate();
        put(secrets, name, created);
        return created;
    }

    private static Optional<EcKeys> stored(Secrets secrets, String name) throws IOException, TrustException {
        Optional<byte[]> privateKey = secrets.get(name);
        Optional<byte[]> publicKey = secrets.get(name + PUBLIC_HALF);
        return privateKey.isEmpty() || publicKey.isEmpty()
                ? Optional.empty()
                : Optional.of(EcKeys.decode(publicKey.get(), privateKey.get()));
    }

    private static void put(Secrets secrets, String name, EcKeys keys) throws IOException {
        secrets.put(name + PUBLIC_HALF, keys.publicKey().getEncoded());
        secrets.put(name, keys.privateKey().getEncoded());
    }

    private static String busCluster(Secrets secrets) throws IOException {
        Optional<byte[]> stored = secrets.get(BUS_CLUSTER);
        if (stored.isPresent()) {
            return new String(stored.get(), StandardCharsets.US_ASCII);
        }
        byte[] random = new byte[CLUSTER_BYTES];
        new SecureRandom().nextBytes(random);
        String name = HexFormat.of().formatHex(random);
        secrets.put(BUS_CLUSTER, name.getBytes(StandardCharsets.US_ASCII));
        return name;
    }
}
