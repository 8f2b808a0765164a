/** What the card tells a person who reads it in another computer, and what that person may correct on it. */
@NullMarked
package io.swarmctl.agent.card;

import org.jspecify.annotations.NullMarked;
