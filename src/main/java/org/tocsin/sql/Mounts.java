package org.tocsin.sql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** What the system says of the file system on which a folder lies. */
final class Mounts {
    private static final Path MOUNTS = Path.of("/proc/self/mountinfo");

    private Mounts() {}

    /**
     * @return whether it was made read-only, by a person, or by the system after a fault of the file system: Linux 6.15 and later leave
     *     the mount {@code rw} then, and add {@code emergency_ro}
     * @throws IOException when the system does not say
     */
    static boolean readOnly(Path folder) throws IOException {
        return Files.getFileStore(folder).isReadOnly() || stopped(folder);
    }

    private static boolean stopped(Path folder) throws IOException {
        if (!Files.isReadable(MOUNTS)) {
            return false;
        }
        // The device as glibc's gnu_dev_makedev packs it.
        long device = (Long) Files.getAttribute(folder, "unix:dev");
        long major = (device >> 8 & 0xfff) | (device >> 32 & ~0xfffL);
        long minor = (device & 0xff) | (device >> 12 & ~0xffL);
        return Files.readAllLines(MOUNTS).stream().anyMatch(mount -> stopped(mount, major + ":" + minor));
    }

    /** A line of proc_pid_mountinfo(5): the device is the third field, the file system's own options are the last. */
    static boolean stopped(String mount, String device) {
        List<String> fields = Arrays.asList(mount.split(" ", -1));
        List<String> options = Arrays.asList(fields.getLast().split(",", -1));
        return fields.size() > 2
                && fields.get(2).equals(device)
                && (options.contains("emergency_ro") || options.contains("ro"));
    }
}
