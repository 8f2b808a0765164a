/**
 * Writes an image to many cards at once, on Linux. What the kernel says of disks is read into records; whether one may
 * be overwritten is decided purely on them; only {@code Card}, {@code DiskTools}, {@code FlashImage}, {@code Node} and
 * {@code SysFiles} touch the machine.
 */
@NullMarked
package io.swarmctl.controller.image.flash;

import org.jspecify.annotations.NullMarked;
