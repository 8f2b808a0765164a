/** Gathers Docker's packages for the nodes of a fleet, and gives them out. */
@NullMarked
package io.swarmctl.controller.gather;

import org.jspecify.annotations.NullMarked;
