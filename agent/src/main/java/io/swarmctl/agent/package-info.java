/** The agent: composed and started here. */
@NullMarked
package io.swarmctl.agent;

import org.jspecify.annotations.NullMarked;
