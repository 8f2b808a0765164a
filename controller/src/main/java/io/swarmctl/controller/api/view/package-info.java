/** What the API answers, as data. No secrets; every time comes with its age. The command line reads the same types. */
@NullMarked
package io.swarmctl.controller.api.view;

import org.jspecify.annotations.NullMarked;
