/** What is added to a card: the agent, its runtime, its settings, and the script that installs them. */
@NullMarked
package io.swarmctl.controller.image.card;

import org.jspecify.annotations.NullMarked;
