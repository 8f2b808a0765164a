package io.swarmctl.common.plan;

import io.swarmctl.common.wire.Action;
import io.swarmctl.common.wire.Facts;
import io.swarmctl.common.wire.Finding;
import io.swarmctl.common.wire.InterfaceFacts;
import io.swarmctl.common.wire.SwarmFacts;
import io.swarmctl.common.wire.SwarmSpec;
import io.swarmctl.common.wire.SwarmState;
import io.swarmctl.common.wire.SwarmTarget;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The part of a plan that is about the swarm. */
record SwarmPlan(List<Action> actions, List<Finding> findings, String waitingFor) {
    private static final SwarmPlan NOTHING = new SwarmPlan(List.of(), List.of(), "");

    static SwarmPlan of(Facts facts, SwarmSpec spec) {
        SwarmFacts swarm = facts.swarm();
        SwarmTarget target = spec.target();
        if (swarm.state() != SwarmState.INACTIVE && !facts.docker().answers()) {
            // What a stopped engine left on the disk is not enough to judge by.
            return waiting("the Docker engine to answer");
        }
        if (target instanceof SwarmTarget.Outside) {
            return outside(swarm, spec);
        }
        if (target instanceof SwarmTarget.Hold hold) {
            return waiting(hold.reason());
        }
        if (target instanceof SwarmTarget.Member member) {
            return member(swarm, member);
        }
        if (target instanceof SwarmTarget.Recover recover) {
            return recover(facts, spec, recover);
        }
        if (isWhereItBelongs(swarm, spec)) {
            return waiting("the controller to see this node in the swarm");
        }
        if (!swarm.clusterId().isEmpty()) {
            return elsewhere(swarm, spec);
        }
        return enter(facts, spec);
    }

    private static SwarmPlan outside(SwarmFacts swarm, SwarmSpec spec) {
        if (!isOurs(swarm, spec)) {
            return NOTHING;
        }
        boolean isOfThePast = swarm.founderEpoch() < spec.origin().epoch();
        return !isOfThePast && Quorum.needs(swarm)
                ? waiting("another manager to make it a worker: the swarm cannot do without it as it is")
                : act(new Action.LeaveSwarm(swarm.clusterId()));
    }

    private static boolean isOurs(SwarmFacts swarm, SwarmSpec spec) {
        return !swarm.clusterId().isEmpty()
                && (spec.ownClusterIds().contains(swarm.clusterId())
                        || swarm.fleetId().equals(spec.fleetId()));
    }

    private static boolean isWhereItBelongs(SwarmFacts swarm, SwarmSpec spec) {
        if (spec.target() instanceof SwarmTarget.Found found) {
            return isOfEpoch(swarm, spec, found.founderEpoch());
        }
        return spec.target() instanceof SwarmTarget.Join join && swarm.isIn(join.clusterId());
    }

    private static boolean isOfEpoch(SwarmFacts swarm, SwarmSpec spec, long founderEpoch) {
        return swarm.state() == SwarmState.ACTIVE
                && swarm.fleetId().equals(spec.fleetId())
                && swarm.founderEpoch() == founderEpoch;
    }

    /** Also when the engine is not at ease with the swarm: without most of its managers it never is. */
    private static SwarmPlan recover(Facts facts, SwarmSpec spec, SwarmTarget.Recover target) {
        SwarmFacts swarm = facts.swarm();
        if (!swarm.isIn(target.clusterId())) {
            return waiting("the controller to see that this node is not in the swarm that it is to recover");
        }
        if (isOfEpoch(swarm, spec, target.founderEpoch())) {
            return waiting("the controller to see the swarm recovered");
        }
        Optional<String> address = advertiseAddress(facts.interfaces(), spec);
        return address.isEmpty()
                ? noAddress(spec)
                : act(new Action.RecoverSwarm(
                        spec.fleetId(), target.founderEpoch(), target.clusterId(), address.get()));
    }

    private static SwarmPlan elsewhere(SwarmFacts swarm, SwarmSpec spec) {
        if (isOurs(swarm, spec)) {
            return act(new Action.LeaveSwarm(swarm.clusterId()));
        }
        return new SwarmPlan(
                List.of(),
                List.of(Finding.error(
                        "the node is in a swarm that is not this fleet's (cluster id " + swarm.clusterId() + ")",
                        "if nothing there is needed any more: swarmctl nodes adopt NODE")),
                "");
    }

    private static SwarmPlan enter(Facts facts, SwarmSpec spec) {
        Optional<String> address = advertiseAddress(facts.interfaces(), spec);
        if (address.isEmpty()) {
            return noAddress(spec);
        }
        if (spec.target() instanceof SwarmTarget.Found found) {
            return act(new Action.FoundSwarm(
                    spec.fleetId(), found.founderEpoch(), address.get(), found.addressPools(), found.subnetSize()));
        }
        SwarmTarget.Join join = (SwarmTarget.Join) spec.target();
        return act(new Action.JoinSwarm(
                join.membership(), join.clusterId(), join.managers(), join.sealedToken(), address.get()));
    }

    private static SwarmPlan noAddress(SwarmSpec spec) {
        return new SwarmPlan(
                List.of(),
                List.of(Finding.error(
                        "the node has no interface " + spec.advertiseInterface() + " with an address",
                        "correct swarm.advertiseInterface in the fleet's policy, or connect the interface")),
                "");
    }

    /** Wired before wireless, then where the default route leaves: swarm members must reach each other there. */
    private static Optional<String> advertiseAddress(List<InterfaceFacts> interfaces, SwarmSpec spec) {
        String wanted = spec.advertiseInterface();
        return interfaces.stream()
                .filter(candidate -> wanted == null || candidate.name().equals(wanted))
                .max(Comparator.comparing(InterfaceFacts::wired).thenComparing(InterfaceFacts::defaultRoute))
                .map(InterfaceFacts::address);
    }

    private static SwarmPlan member(SwarmFacts swarm, SwarmTarget.Member member) {
        if (!swarm.isIn(member.clusterId())) {
            return waiting("the controller to let this node join again");
        }
        if (swarm.state() != SwarmState.ACTIVE) {
            return waiting("the swarm: the engine says " + swarm.state()
                    + (swarm.error().isEmpty() ? "" : " (" + swarm.error() + ")"));
        }
        return ChorePlan.of(swarm, member.chores());
    }

    private static SwarmPlan act(Action action) {
        return new SwarmPlan(List.of(action), List.of(), "");
    }

    private static SwarmPlan waiting(String reason) {
        return new SwarmPlan(List.of(), List.of(), reason);
    }
}
