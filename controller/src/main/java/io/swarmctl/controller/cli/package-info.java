/**
 * The command line. Only the JDK, picocli and avaje-jsonb, so that a command is done before the reader has looked up.
 * A command parses, calls one function, prints and returns.
 */
@NullMarked
package io.swarmctl.controller.cli;

import org.jspecify.annotations.NullMarked;
