package io.swarmctl.controller.api;

import java.security.cert.X509Certificate;

/**
 * Who this controller is.
 *
 * @param ca the fleet CA
 * @param gatewayPort where it listens for agents
 */
public record Identity(String version, X509Certificate ca, int gatewayPort) {}
