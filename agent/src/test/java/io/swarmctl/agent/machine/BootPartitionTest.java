package io.swarmctl.agent.machine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BootPartitionTest {
    @ParameterizedTest
    @CsvSource({
        "/dev/mmcblk0p1 /boot/firmware vfat rw|relatime|fmask=0022, /boot/firmware",
        "/dev/mmcblk0p1 /boot vfat rw|relatime, /boot",
        "/dev/fuse /boot/firmware fuse.fusefat rw|nosuid, /boot/firmware",
        "/dev/mmcblk0p1 /boot/firmware vfat ro|relatime,",
        "/dev/sda2 /boot ext4 rw|relatime,",
        "/dev/sda1 /boot/efi vfat rw|relatime,",
        "/dev/sdb1 /media/card vfat rw,",
    })
    void isTheFirmwaresFatThatCanBeWritten(String mount, String directory) {
        String mounts = "proc /proc proc rw 0 0\n" + mount.replace('|', ',') + " 0 0\n";

        assertThat(BootPartition.among(mounts).orElse(null)).isEqualTo(directory);
    }
}
