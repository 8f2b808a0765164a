/** Signatures and seals on what travels: JWS (ES256), JWE (ECDH-ES, A256GCM) and the fleet CA's certificates. */
@NullMarked
package io.swarmctl.common.trust;

import org.jspecify.annotations.NullMarked;
