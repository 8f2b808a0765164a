/** One download a fleet: packages that nodes ask for, fetched once and kept. Knows nothing of nodes. */
@NullMarked
package io.swarmctl.controller.cache;

import org.jspecify.annotations.NullMarked;
