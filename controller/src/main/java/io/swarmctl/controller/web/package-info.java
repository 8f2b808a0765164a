/** The dashboard: its files, and what it is told while it is open. */
@NullMarked
package io.swarmctl.controller.web;

import org.jspecify.annotations.NullMarked;
