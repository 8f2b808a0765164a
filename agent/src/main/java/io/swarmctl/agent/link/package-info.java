/** How a Pi reaches its controller: discovery, enrolment, tunnel, bus. */
@NullMarked
package io.swarmctl.agent.link;

import org.jspecify.annotations.NullMarked;
