package io.swarmctl.agent.converge;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmctl.common.plan.Plan;
import io.swarmctl.common.wire.Action;
import io.swarmctl.common.wire.DockerSource;
import io.swarmctl.common.wire.DockerSpec;
import io.swarmctl.common.wire.Facts;
import io.swarmctl.common.wire.MemoryCgroup;
import io.swarmctl.common.wire.NodeSpec;
import io.swarmctl.common.wire.NodeState;
import io.swarmctl.common.wire.Outcome;
import io.swarmctl.common.wire.SwarmOrigin;
import io.swarmctl.common.wire.SwarmSpec;
import io.swarmctl.common.wire.SwarmTarget;
import io.swarmctl.common.wire.Upgrade;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ConvergerTest {
    private final SwitchMachine machine = new SwitchMachine();
    private final Told told = new Told();
    private final Converger converger = new Converger(machine, told, InstantSource.fixed(Instant.EPOCH));
    private final AtomicReference<NodeSpec> spec = new AtomicReference<>(spec(1, "pi-001"));

    @Test
    void aPassEndsReadyWhenThePlanIsEmpty() throws Exception {
        Pass pass = converger.converge(spec::get, false);
        assertThat(pass.state()).isEqualTo(NodeState.READY);
        assertThat(machine.hostname).isEqualTo("pi-001");
        assertThat(pass.outcomes()).singleElement().matches(Outcome::ok);
    }

    @Test
    void aFailedActionEndsThePassWithItsReason() throws Exception {
        machine.brokenAttempts = 1;
        Pass pass = converger.converge(spec::get, false);
        assertThat(pass.state()).isEqualTo(NodeState.FAILED);
        assertThat(pass.outcomes().get(0).failure().problem()).isEqualTo("it broke");
        assertThat(converger.converge(spec::get, false).state()).isEqualTo(NodeState.READY);
    }

    @Test
    void anActionThatTheMachineDoesNotShowHasFailedAndIsNotRepeatedInThePass() throws Exception {
        machine.deaf = true;
        Pass pass = converger.converge(spec::get, false);
        assertThat(pass.state()).isEqualTo(NodeState.FAILED);
        assertThat(machine.applied).hasSize(1);
        assertThat(pass.outcomes().get(0).failure().problem()).contains("does not show it");
    }

    @Test
    void aSpecThatComesWhileAnActionRunsIsFollowedByTheNextOne() throws Exception {
        machine.meanwhile = () -> spec.set(spec(2, "pi-002"));
        Pass pass = converger.converge(spec::get, false);
        assertThat(pass.spec().generation()).isEqualTo(2);
        assertThat(machine.hostname).isEqualTo("pi-002");
    }

    @Test
    void aRebootEndsThePass() throws Exception {
        machine.memoryCgroup = MemoryCgroup.AFTER_REBOOT;
        machine.docker = false;
        Pass pass = converger.converge(spec::get, false);
        assertThat(pass.state()).isEqualTo(NodeState.REBOOTING);
        assertThat(machine.applied).noneMatch(Action.InstallDocker.class::isInstance);
    }

    @Test
    void whatOnlyPeopleWantToKnowIsLookedAtInCalmTimes() throws Exception {
        converger.converge(spec::get, false);
        converger.converge(spec::get, false);
        assertThat(machine.closeLooks).isZero();

        converger.converge(spec::get, true);
        assertThat(machine.closeLooks).isEqualTo(1);
    }

    @Test
    void calmEndsWithTheFirstAction() throws Exception {
        converger.converge(spec::get, true);
        assertThat(machine.applied).hasSize(1);
        assertThat(machine.closeLooks).isEqualTo(1);
    }

    @Test
    void howMuchThereIsToUpgradeIsKnownWhereThePolicyWantsItUpgraded() throws Exception {
        spec.set(spec(1, "pi-001", Upgrade.FULL));
        converger.converge(spec::get, false);
        assertThat(machine.closeLooks).isPositive();
    }

    @Test
    void theNarratorHearsBeginningOutputAndEnd() throws Exception {
        converger.converge(spec::get, false);
        assertThat(told.heard).containsExactly("begin set hostname pi-001", "doing it", "end READY");
    }

    private static NodeSpec spec(long generation, String name) {
        return spec(generation, name, Upgrade.NONE);
    }

    private static NodeSpec spec(long generation, String name, Upgrade upgrade) {
        return new NodeSpec(
                "serial-1",
                1,
                generation,
                name,
                null,
                null,
                List.of(),
                false,
                upgrade,
                new DockerSpec(DockerSource.DEBIAN, ""),
                new SwarmSpec("fleet", List.of(), SwarmOrigin.NONE, null, new SwarmTarget.Outside()),
                "jwk");
    }

    private static final class Told implements Narrator {
        private final List<String> heard = new ArrayList<>();

        @Override
        public void begins(NodeSpec spec, Facts facts, Plan plan, Action action, List<Outcome> done) {
            heard.add("begin " + action.title());
        }

        @Override
        public void prints(Action action, String line) {
            heard.add(line);
        }

        @Override
        public void ends(Pass pass) {
            heard.add("end " + pass.state());
        }
    }
}
