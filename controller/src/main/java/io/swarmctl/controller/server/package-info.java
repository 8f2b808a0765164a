/** Composes the controller out of its parts, starts and ends it. */
@NullMarked
package io.swarmctl.controller.server;

import org.jspecify.annotations.NullMarked;
