/** Hazelcast: signed specs out, signed reports in. */
@NullMarked
package io.swarmctl.controller.bus;

import org.jspecify.annotations.NullMarked;
