/** Debian's package files: writes them, and packs them anew. */
@NullMarked
package io.swarmctl.controller.deb;

import org.jspecify.annotations.NullMarked;
