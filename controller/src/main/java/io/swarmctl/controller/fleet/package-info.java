/** The fleet's brain: a snapshot goes in, a new snapshot or the nodes' goals come out. Pure. */
@NullMarked
package io.swarmctl.controller.fleet;

import org.jspecify.annotations.NullMarked;
