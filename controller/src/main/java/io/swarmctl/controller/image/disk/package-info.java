/** A disk image as bytes and partitions. */
@NullMarked
package io.swarmctl.controller.image.disk;

import org.jspecify.annotations.NullMarked;
