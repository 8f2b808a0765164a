/**
 * SD card images: makes a fleet's image out of a published one, by writing to its FAT partition only. Needs neither
 * root nor mounts, and knows nothing of API and command line.
 */
@NullMarked
package io.swarmctl.controller.image;

import org.jspecify.annotations.NullMarked;
