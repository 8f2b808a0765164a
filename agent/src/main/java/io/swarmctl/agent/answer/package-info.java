/** How a node answers what its specs ask. */
@NullMarked
package io.swarmctl.agent.answer;

import org.jspecify.annotations.NullMarked;
