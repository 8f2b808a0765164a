/** The truth, in SQL. */
@NullMarked
package io.swarmctl.controller.store;

import org.jspecify.annotations.NullMarked;
