/** The image that a fleet's image is made from: how it is packed, and which system it holds. */
@NullMarked
package io.swarmctl.controller.image.base;

import org.jspecify.annotations.NullMarked;
