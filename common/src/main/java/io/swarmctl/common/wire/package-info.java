/** What travels between controller and nodes: records, data only. */
@NullMarked
package io.swarmctl.common.wire;

import org.jspecify.annotations.NullMarked;
