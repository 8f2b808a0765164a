/** Machines and a swarm that exist only in memory, below real agents. */
@NullMarked
package io.swarmctl.controller.simulate;

import org.jspecify.annotations.NullMarked;
