/** The only place that touches the operating system: facts are read here, actions applied. One class a concern. */
@NullMarked
package io.swarmctl.agent.machine;

import org.jspecify.annotations.NullMarked;
