/** The FAT32 file system: reads it, and adds files to its root directory in place. */
@NullMarked
package io.swarmctl.controller.image.fat;

import org.jspecify.annotations.NullMarked;
