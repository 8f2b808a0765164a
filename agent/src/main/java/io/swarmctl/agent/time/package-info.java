/** What time it is on a machine that has no clock of its own. */
@NullMarked
package io.swarmctl.agent.time;

import org.jspecify.annotations.NullMarked;
