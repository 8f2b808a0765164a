/** fleet.yaml: reading it with line and column, writing it, showing differences. */
@NullMarked
package io.swarmctl.controller.policy;

import org.jspecify.annotations.NullMarked;
