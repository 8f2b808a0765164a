/** What people and programs talk to over HTTPS. */
@NullMarked
package io.swarmctl.controller.api;

import org.jspecify.annotations.NullMarked;
