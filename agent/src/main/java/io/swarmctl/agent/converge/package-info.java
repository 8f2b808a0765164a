/** Look, plan, apply, report: the loop that makes the machine what its spec says. */
@NullMarked
package io.swarmctl.agent.converge;

import org.jspecify.annotations.NullMarked;
