package io.swarmctl.agent.converge;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmctl.agent.link.StateDirectory;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RebootGuardTest {
    @Test
    void aMachineRebootsOnceForOneReason(@TempDir Path directory) throws Exception {
        RebootGuard guard = new RebootGuard(new StateDirectory(directory));
        assertThat(guard.mayReboot("cgroups", "boot-1")).isTrue();
        guard.note("cgroups", "boot-1");
        assertThat(guard.mayReboot("cgroups", "boot-1"))
                .as("the reboot has not happened yet")
                .isTrue();
        assertThat(guard.mayReboot("cgroups", "boot-2")).isFalse();
        assertThat(guard.mayReboot("kernel", "boot-2")).isTrue();
        guard.forget();
        assertThat(guard.mayReboot("cgroups", "boot-2")).isTrue();
    }
}
