/** The one door for agents: a TLS server that tells its services apart by server name. */
@NullMarked
package io.swarmctl.controller.gateway;

import org.jspecify.annotations.NullMarked;
