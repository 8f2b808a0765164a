/** Work that shows how fast a board and its card are. A process of its own, which knows nothing of the agent. */
@NullMarked
package io.swarmctl.agent.workload;

import org.jspecify.annotations.NullMarked;
