package io.swarmctl.controller.cli;

import static io.swarmctl.controller.fleet.ExampleNodes.arrived;
import static org.assertj.core.api.Assertions.assertThat;

import io.swarmctl.common.wire.Fingerprint;
import io.swarmctl.controller.cli.Typist.Result;
import io.swarmctl.controller.fleet.FleetNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Nodes are let in, sent away, renamed, removed. */
class NodeChangesTest {
    @RegisterExtension
    final Desk desk = new Desk();

    @Test
    void whoWaitsIsRefusedOneByOneOrAllAtOnce() {
        desk.anotherCardFor(arrived(1).id());

        assertThat(desk.typist().types("nodes", "refuse", "pi-001").out())
                .isEqualTo("another card for pi-001 refused\n");
        Result nobody = desk.typist().types("nodes", "refuse", "pi-[004-004]", "pi-001");
        assertThat(nobody.exitCode()).isEqualTo(1);
        assertThat(nobody.out()).isEmpty();
        assertThat(nobody.err())
                .contains("nobody waits for approval as pi-001")
                .contains("to shut the node itself out: swarmctl nodes revoke pi-001");
        assertThat(desk.typist().types("nodes", "refuse", "pi-[004-004]").out()).isEqualTo("pi-004 refused\n");
        desk.anotherCardFor(arrived(2).id());
        assertThat(desk.typist().types("nodes", "refuse", "--all").out())
                .isEqualTo("another card for pi-002 refused\n");
        assertThat(desk.typist().types("nodes", "refuse", "--all").err()).isEqualTo("no node waits for approval\n");
    }

    @Test
    void allIsNotEnoughToPutACardInANodesPlace() {
        desk.anotherCardFor(arrived(1).id());

        assertThat(desk.typist().types("nodes", "approve", "--all").out()).isEqualTo("pi-004 approved\n");
        String key = Fingerprint.of("{\"new\":1}");
        assertThat(desk.typist()
                        .types("nodes", "approve", "pi-001", "--key", "0123456789ab")
                        .err())
                .contains("the card with key 0123456789ab does not wait for approval as pi-001");
        assertThat(desk.typist().types("nodes", "show", "pi-001").out()).contains("key " + key);
        assertThat(desk.typist()
                        .types("nodes", "approve", "pi-001", "--key", key)
                        .out())
                .isEqualTo("pi-001 approved with its new card, in place of the old one\n");
    }

    @Test
    void nodesAreRenamedApprovedRevokedAndRemoved() {
        assertThat(desk.typist().types("nodes", "rename", "pi-003", "attic").out())
                .isEqualTo("renamed from pi-003 to attic\n");
        assertThat(desk.typist().types("nodes", "approve", "--all").out()).isEqualTo("pi-004 approved\n");
        assertThat(desk.typist().types("nodes", "approve", "--all").err()).isEqualTo("no node waits for approval\n");
        assertThat(desk.typist().types("nodes", "revoke", "pi-004").out()).isEqualTo("pi-004 revoked\n");
        assertThat(desk.typist().types("nodes", "remove", "pi-004", "attic").out())
                .isEqualTo("attic removed\npi-004 removed\n");
        assertThat(desk.typist().types("nodes", "remove", "pi-001", "--force").exitCode())
                .isZero();
        assertThat(desk.nodes()).extracting(FleetNode::name).containsExactly("pi-002");
    }

    @Test
    void labelsAreGivenAndTakenAway() {
        assertThat(desk.typist()
                        .types("nodes", "label", "pi-001", "rack=a", "pi-003", "disk=ssd")
                        .out())
                .isEqualTo("pi-001 is labelled disk=ssd,rack=a\npi-003 is labelled disk=ssd,rack=a\n");
        assertThat(desk.typist()
                        .types("nodes", "label", "-l", "rack=a", "disk-")
                        .out())
                .isEqualTo("pi-001 is labelled rack=a\npi-003 is labelled rack=a\n");
        assertThat(desk.typist().types("nodes", "label", "pi-001", "role=x").err())
                .contains("every node has its own role");
        assertThat(desk.typist().types("nodes", "label", "pi-001").err()).contains("which label?");
    }

    @Test
    void whoDescribesNodesToRemoveIsAsked() {
        Result nobody = desk.typist().types("nodes", "remove", "--state", "failed", "--force");
        assertThat(nobody.exitCode()).isEqualTo(2);
        assertThat(nobody.err()).contains("pi-002").contains("be gone").contains("then add --yes");
        assertThat(desk.typist()
                        .answering("no")
                        .types("nodes", "remove", "--state", "failed", "--force")
                        .exitCode())
                .isEqualTo(1);
        assertThat(desk.nodes()).hasSize(4);

        assertThat(desk.typist()
                        .types("nodes", "remove", "--state", "failed", "--force", "--yes")
                        .out())
                .isEqualTo("pi-002 removed by force\n");
    }

    @Test
    void aPersonWhoWouldBreakTheSwarmIsAskedAndAProgramIsNot() {
        Result asked = desk.typist().answering("no").types("nodes", "revoke", "pi-001");

        assertThat(asked.exitCode()).isEqualTo(1);
        assertThat(asked.err())
                .contains("managers 1 -> 0, connected 1 -> 0")
                .contains("warning: nobody would manage the swarm");
        assertThat(new Typist(desk.home()).types("nodes", "revoke", "pi-001").out())
                .isEqualTo("pi-001 revoked\n");
    }

    @Test
    void removingIsOverWhenTheNodeIsGone() {
        desk.typist().pausing(time -> desk.fleet().become(fleet -> fleet.without(arrived(1))));

        Result removed = desk.typist().types("nodes", "remove", "pi-001", "--wait");

        assertThat(removed.exitCode()).isZero();
        assertThat(removed.out()).isEqualTo("pi-001 is being removed\n");
        assertThat(removed.err()).isEqualTo("""
                           0 s  0 of 1 node gone: pi-001 removing (leaves the swarm first)
                           1 s  1 of 1 node gone
                        """);
    }

    @Test
    void whoIsInNoOtherSwarmIsNotAdopted() {
        assertThat(desk.typist().types("nodes", "adopt", "pi-001", "--yes").err())
                .contains("pi-001 is in no swarm but this fleet's");
    }
}
