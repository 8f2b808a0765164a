/** How fast the node is, when its spec asks for it. */
@NullMarked
package io.swarmctl.agent.bench;

import org.jspecify.annotations.NullMarked;
