/** Gathers packages from Debian's archive, on any machine, with the checks that apt makes. */
@NullMarked
package io.swarmctl.controller.debian;

import org.jspecify.annotations.NullMarked;
