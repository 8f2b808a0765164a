/** Decides what a node still lacks: facts and spec in, plan out. Pure; the controller previews with it. */
@NullMarked
package io.swarmctl.common.plan;

import org.jspecify.annotations.NullMarked;
