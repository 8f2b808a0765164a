/** What a node tells of itself when somebody asks what is wrong with it. */
@NullMarked
package io.swarmctl.agent.diagnose;

import org.jspecify.annotations.NullMarked;
