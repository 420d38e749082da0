package org.tocsin.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MountsTest {
    @Test
    void a_folder_that_can_be_written_is_not_read_only(@TempDir Path folder) throws Exception {
        assertThat(Mounts.readOnly(folder)).isFalse();
    }

    @Test
    void a_file_system_that_the_kernel_has_stopped_is_read_only_for_its_own_device_alone() {
        String stopped =
                "34 25 7:0 / /srv/tocsin rw,relatime shared:1 - ext4 /dev/loop0 rw,emergency_ro,errors=remount-ro";
        assertThat(Mounts.stopped(stopped, "7:0")).isTrue();
        assertThat(Mounts.stopped(stopped, "7:1")).isFalse();
        assertThat(Mounts.stopped("34 25 7:0 / /srv ro,relatime - ext4 /dev/loop0 rw,errors=remount-ro", "7:0"))
                .as("another mount of it is read-only")
                .isFalse();
        assertThat(Mounts.stopped("34 25 7:0 / /srv rw - btrfs /dev/loop0 ro,space_cache", "7:0"))
                .isTrue();
    }
}
