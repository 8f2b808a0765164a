package io.swarmctl.agent.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmctl.common.wire.HardwareFacts;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HardwareTest {
    @TempDir
    private Path root;

    private FileTree tree;
    private FakePrograms programs;
    private Hardware hardware;
    private final QuickTime time = new QuickTime();

    @BeforeEach
    void freshPi() {
        tree = FileTree.at(root);
        programs = new FakePrograms(tree);
        hardware = new Hardware(tree.layout(), programs, time);
    }

    @Test
    void aPiIsKnownByItsDeviceTree() throws MachineException {
        assertThat(hardware.facts())
                .isEqualTo(new HardwareFacts(
                        FileTree.SERIAL, "Raspberry Pi 3 Model B Plus Rev 1.3", 944972L * 1024, null, 48.312));
    }

    @Test
    void withoutADeviceTreeTheSerialIsTakenFromWhereItStandsNext() throws MachineException {
        tree.delete("proc/device-tree/serial-number");
        tree.write("etc/machine-id", "4c1f60d3f9f24ef9a0b8f9d1c2d3e4f5\n");
        assertThat(hardware.serial()).isEqualTo("4c1f60d3f9f24ef9a0b8f9d1c2d3e4f5");

        tree.write("sys/class/dmi/id/product_uuid", "7b0c2d5e-0f1e-4f9a-9b1c-0123456789ab\n");
        assertThat(hardware.serial()).isEqualTo("7b0c2d5e-0f1e-4f9a-9b1c-0123456789ab");

        tree.write("proc/cpuinfo", "processor\t: 0\nHardware\t: BCM2835\nSerial\t\t: 00000000765fc5aa\n");
        assertThat(hardware.serial()).isEqualTo("00000000765fc5aa");
    }

    @Test
    void zerosAreNoSerial() throws MachineException {
        tree.write("proc/device-tree/serial-number", "0000000000000000\0");

        assertThat(hardware.serial()).isEqualTo("4c1f60d3f9f24ef9a0b8f9d1c2d3e4f5");
    }

    @Test
    void aMachineWithoutAnyIdentitySaysSo() {
        tree.delete("proc/device-tree/serial-number").write("etc/machine-id", "uninitialized\n");

        assertThatThrownBy(() -> hardware.serial()).isInstanceOf(MachineException.class);
    }

    @Test
    void theFirmwareIsAskedNowAndThenOnly() throws MachineException {
        tree.write("usr/bin/vcgencmd", "");
        programs.throttled = "0x50005";
        assertThat(hardware.facts().hasSeenUnderVoltage()).isTrue();

        programs.throttled = "0x0";
        assertThat(hardware.facts().throttled()).isEqualTo(0x50005);

        time.sleep(Duration.ofMinutes(1));
        assertThat(hardware.facts().throttled()).isZero();
        assertThat(programs.visible).hasSize(2);
    }
}
