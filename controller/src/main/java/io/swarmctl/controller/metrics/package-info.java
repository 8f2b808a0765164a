/** What the controller tells Prometheus of itself and its fleet. */
@NullMarked
package io.swarmctl.controller.metrics;

import org.jspecify.annotations.NullMarked;
