/** Who may be a node: the fleet's CA, enrolment keys, the door where new nodes knock. */
@NullMarked
package io.swarmctl.controller.enrol;

import org.jspecify.annotations.NullMarked;
