/** Words for people that every part of the controller may use. */
@NullMarked
package io.swarmctl.controller.text;

import org.jspecify.annotations.NullMarked;
