/** The command line, one class a command. */
@NullMarked
package io.swarmctl.controller.cli;

import org.jspecify.annotations.NullMarked;
