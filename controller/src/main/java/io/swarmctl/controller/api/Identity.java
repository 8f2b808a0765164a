package io.swarmctl.controller.api;

import java.security.cert.X509Certificate;

/**
 * Who this controller is.
 *
 * @param ca the fleet CA
 */
public record Identity(String version, X509Certificate ca) {}
