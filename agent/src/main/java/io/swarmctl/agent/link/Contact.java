package io.swarmctl.agent.link;

import java.util.List;

/** Is told how it goes with reaching a controller, by any thread. Must not fail. */
public interface Contact {
    /** For machines that have nobody to tell. */
    Contact TOLD_TO_NOBODY = new Contact() {
        @Override
        public void reached(ControllerAddress address) {}

        @Override
        public void missed(List<Attempt> attempts) {}
    };

    /** A controller works with this node. */
    void reached(ControllerAddress address);

    /** Every address was tried, and none gave the node what it needs. */
    void missed(List<Attempt> attempts);
}
