/** What time it is on a machine that has no clock of its own, and how long to wait. */
@NullMarked
package io.swarmctl.agent.time;

import org.jspecify.annotations.NullMarked;
