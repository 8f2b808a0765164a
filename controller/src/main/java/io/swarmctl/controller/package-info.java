/** Where the program begins. */
@NullMarked
package io.swarmctl.controller;

import org.jspecify.annotations.NullMarked;
