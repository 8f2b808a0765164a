package io.swarmctl.controller.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmctl.controller.api.view.NodeView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeSelectorTest {
    private static final List<NodeView> NODES = List.of(
            node("pi-001", "Raspberry Pi 3 Model B Rev 1.2", "manager", "ready", Map.of("rack", "a")),
            node(
                    "pi-002",
                    "Raspberry Pi 3 Model B Plus Rev 1.3",
                    "worker",
                    "ready",
                    Map.of("rack", "a", "disk", "ssd")),
            node("pi-003", "Raspberry Pi 3 Model B Plus Rev 1.3", null, "failed", Map.of("rack", "b")),
            node("attic", "Raspberry Pi 4 Model B Rev 1.4", null, "pending", Map.of()));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rack=a | pi-001 pi-002",
                "rack==a | pi-001 pi-002",
                "rack!=a | pi-003 attic",
                "rack | pi-001 pi-002 pi-003",
                "!rack | attic",
                "model=3B+ | pi-002 pi-003",
                "model=raspberry pi 3 model b rev 1.2 | pi-001",
                "role=worker | pi-002",
                "!role | pi-003 attic",
                "state=READY,rack=a,!disk | pi-001",
                "name=attic | attic",
                "id=id-of-attic | attic",
                "rack=c | ''"
            })
    void termsAreAskedOfLabelsAndOfWhatEveryNodeHas(String terms, String names) throws CliException {
        assertThat(names(NodeSelector.parse(List.of(), List.of(terms.split(",")), List.of())
                        .of(NODES)))
                .isEqualTo(names);
    }

    @Test
    void namesIdsAndRangesAreNarrowedByTermsAndStates() throws CliException {
        assertThat(names(NodeSelector.parse(
                                List.of("pi-[001-003]", "id-of-attic"), List.of("rack=a"), List.of("ready", "failed"))
                        .of(NODES)))
                .isEqualTo("pi-001 pi-002");
    }

    @Test
    void aNodeNamedTwiceIsMeantOnce() throws CliException {
        assertThat(names(NodeSelector.parse(List.of("attic", "id-of-attic", "attic"), List.of(), List.of())
                        .of(NODES)))
                .isEqualTo("attic");
    }

    @Test
    void anUnknownNameSaysWhichWasMeant() throws CliException {
        NodeSelector selector = NodeSelector.parse(List.of("pi-[001-004]"), List.of(), List.of());

        assertThatThrownBy(() -> selector.of(NODES))
                .isInstanceOf(CliException.class)
                .hasMessage("there is no node pi-004")
                .extracting(e -> ((CliException) e).remedy())
                .isEqualTo("there are pi-[001-003]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rakc=a | no node fits rakc=a; did you mean rack?",
                "rack=c | no node fits rack=c; rack is one of: a, b",
                "rack=b,role=manager | see what there is: swarmctl nodes list -o wide"
            })
    void whatSelectsNothingSaysWhatThereIs(String terms, String remedy) throws CliException {
        NodeSelector selector = NodeSelector.parse(List.of(), List.of(terms.split(",")), List.of());

        assertThatThrownBy(() -> selector.some(NODES))
                .isInstanceOf(CliException.class)
                .hasMessage("that selects none of the fleet's 4 nodes")
                .extracting(e -> ((CliException) e).remedy())
                .isEqualTo(remedy);
    }

    private static String names(List<NodeView> nodes) {
        return String.join(" ", nodes.stream().map(NodeView::name).toList());
    }

    private static NodeView node(String name, String model, String role, String state, Map<String, String> labels) {
        Instant now = Instant.EPOCH;
        return new NodeView(
                "id-of-" + name,
                name,
                model,
                1L << 30,
                role,
                state,
                "",
                "",
                true,
                "",
                "",
                0,
                "",
                labels,
                now,
                0,
                null,
                null,
                now,
                0L);
    }
}
