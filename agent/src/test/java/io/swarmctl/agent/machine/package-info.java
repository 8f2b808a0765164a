@NullMarked
package io.swarmctl.agent.machine;

import org.jspecify.annotations.NullMarked;
