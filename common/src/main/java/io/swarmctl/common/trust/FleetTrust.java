package io.swarmctl.common.trust;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Trust in one fleet's CA and in nothing else.
 *
 * <p>A Pi has no clock of its own: until the time is believable, dates are not held against a certificate.
 */
public final class FleetTrust {
    private static final int DNS_NAME = 2;

    private final X509Certificate ca;
    private final Time time;

    /** The time, as far as it is believable. */
    @FunctionalInterface
    public interface Time {
        Optional<Instant> believable();
    }

    private FleetTrust(X509Certificate ca, Time time) {
        this.ca = ca;
        this.time = time;
    }

    /** @param clock believed unless it says that the CA has not been made yet */
    public FleetTrust(X509Certificate ca, InstantSource clock) {
        this(ca, (Time) () -> Optional.of(clock.instant())
                .filter(now -> !now.isBefore(ca.getNotBefore().toInstant())));
    }

    public static FleetTrust by(X509Certificate ca, Time time) {
        return new FleetTrust(ca, time);
    }

    /** The same, at that time. */
    public FleetTrust at(Instant moment) {
        return new FleetTrust(ca, (Time) () -> Optional.of(moment));
    }

    public X509Certificate ca() {
        return ca;
    }

    /** @throws TrustException when the certificate is not the CA's, is out of its dates, or does not bear the name */
    public void check(X509Certificate certificate, String name) throws TrustException {
        check(certificate);
        if (!names(certificate).contains(name)) {
            throw new TrustException("a certificate for " + names(certificate) + ", not for " + name, null);
        }
    }

    /** @throws TrustException when the certificate is not the CA's or is out of its dates */
    public void check(X509Certificate certificate) throws TrustException {
        try {
            PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(ca, null)));
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(dateFor(certificate)));
            CertPathValidator.getInstance("PKIX")
                    .validate(
                            CertificateFactory.getInstance("X.509").generateCertPath(List.of(certificate)), parameters);
        } catch (GeneralSecurityException e) {
            throw new TrustException("not a certificate of this fleet: " + e.getMessage(), e);
        }
    }

    private Instant dateFor(X509Certificate certificate) {
        return time.believable().orElse(certificate.getNotBefore().toInstant());
    }

    private static List<String> names(X509Certificate certificate) throws TrustException {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            if (names == null) {
                return List.of();
            }
            return names.stream()
                    .filter(name -> Integer.valueOf(DNS_NAME).equals(name.get(0)))
                    .map(name -> (String) name.get(1))
                    .toList();
        } catch (CertificateException e) {
            throw new TrustException("unreadable names in a certificate", e);
        }
    }
}
