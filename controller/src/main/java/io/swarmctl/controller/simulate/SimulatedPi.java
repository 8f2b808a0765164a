package io.swarmctl.controller.simulate;

import io.swarmctl.agent.AgentConfig;
import io.swarmctl.agent.NodeAgent;
import io.swarmctl.agent.machine.MachineException;
import io.swarmctl.common.trust.TrustException;
import io.swarmctl.controller.simulate.SimulatedMachine.Setting;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** A board with its card, and the agent on it, which is started again as the service manager does it. */
final class SimulatedPi {
    private static final Duration RESTART = Duration.ofSeconds(5);
    private static final List<String> NAME_SERVERS = List.of("10.20.255.254");

    private final Card card;
    private final AgentConfig config;
    private final String version;
    private final long switchedOnMillis;
    private final PiWork work;
    private final SimulatedMachine machine;
    private final Look look;
    private final Thread thread;

    /** Set by who ends it, read by its own thread. */
    private volatile boolean ended;

    private boolean rebooting;

    SimulatedPi(
            Slot slot,
            Card card,
            AgentConfig config,
            String version,
            SimulatedSwarm swarms,
            Recording recording,
            double pace)
            throws IOException {
        this.card = card;
        this.config = config;
        this.version = version;
        this.switchedOnMillis = slot.switchedOn().toMillis();
        this.work = new PiWork(slot, pace);
        this.look = new Look(slot.board().serial(), recording);
        this.machine = new SimulatedMachine(slot.board(), swarms, NoAgentYet.INSTANCE, slot.memoryCgroup(), work);
        machine.set(new Setting(slot.freeDiskBytes(), true, NAME_SERVERS));
        card.kept().ifPresent(machine::restore);
        this.thread = new Thread(this::run, "pi-" + slot.number());
        thread.setDaemon(true);
    }

    void switchOn() {
        thread.start();
    }

    /** Begins to end it; {@link #await} waits for it. */
    void switchOff() {
        ended = true;
        thread.interrupt();
    }

    /** Whether it has ended within that time. */
    boolean await(Duration longest) throws InterruptedException {
        thread.join(Math.max(1, longest.toMillis()));
        return !thread.isAlive();
    }

    Look look() {
        return look;
    }

    /** Writes down how the machine is. Once it has ended. */
    void keep() throws IOException {
        card.keep(machine.facts());
    }

    private void run() {
        try {
            Thread.sleep(switchedOnMillis);
            look.switchedOn();
            machine.reachable(true);
            while (!ended) {
                live();
                if (rebooting && !ended) {
                    rebooting = false;
                    // The agent was ended by it, and what comes now is to be waited for.
                    boolean unused = Thread.interrupted();
                    boot();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            machine.reachable(false);
        }
    }

    private void boot() throws InterruptedException {
        machine.reachable(false);
        Thread.sleep(work.bootMillis());
        machine.reachable(true);
    }

    private void live() throws InterruptedException {
        try {
            look.begins();
            new NodeAgent(config, version, () -> false, InstantSource.system(), look).run((settings, sealedTexts) -> {
                machine.restart(sealedTexts);
                return new EndedByReboot(machine, () -> rebooting = true);
            });
        } catch (InterruptedException e) {
            if (!rebooting) {
                throw e;
            }
        } catch (IOException | TrustException | MachineException | RuntimeException e) {
            // Whatever it says when its machine goes down under it: that is no failure.
            if (!rebooting) {
                look.broke(e);
                Thread.sleep(RESTART.toMillis());
            }
        }
    }
}
