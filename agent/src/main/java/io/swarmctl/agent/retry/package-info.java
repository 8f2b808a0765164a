/** How long to wait before what failed is tried again. */
@NullMarked
package io.swarmctl.agent.retry;

import org.jspecify.annotations.NullMarked;
