package org.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file system of its own in a file, which the kernel can be made to stop; else the test is skipped. */
final class LoopDisk implements AutoCloseable {
    private final Path image;
    private final Path folder;

    private LoopDisk(Path image, Path folder) {
        this.image = image;
        this.folder = folder;
    }

    static LoopDisk mount(Path parent) throws IOException {
        Path image = parent.resolve("image");
        Path folder = Files.createDirectories(parent.resolve("disk"));
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(128_000_000);
        }
        assume(SmallDisk.run("mkfs.ext4", "-q", "-F", image.toString()));
        LoopDisk disk = new LoopDisk(image, folder);
        assume(disk.attach());
        if (!Files.isWritable(disk.trigger())) {
            disk.close();
            assume("the kernel takes no faults here");
        }
        return disk;
    }

    private static void assume(String said) {
        assumeTrue(said.isEmpty(), "a file system of our own cannot be made or stopped here: " + said);
    }

    private String attach() {
        return SmallDisk.run("mount", "-o", "loop,errors=remount-ro", image.toString(), folder.toString());
    }

    private Path trigger() throws IOException {
        String device = Path.of(Files.getFileStore(folder).name()).getFileName().toString();
        return Path.of("/sys/fs/ext4", device, "trigger_fs_error");
    }

    Path data() {
        return folder.resolve("data");
    }

    /** A fault of the file system is found: the kernel stops it, as it does where the administrator has told it to (tune2fs(8)). */
    void fault() throws IOException {
        Files.writeString(trigger(), "1");
    }

    /** What a person does then; nothing may have a file open on it. */
    void repair() {
        assertThat(SmallDisk.run("umount", folder.toString())).isEmpty();
        // Ends with 1 when it has corrected something (fsck(8)).
        SmallDisk.run("fsck.ext4", "-f", "-y", image.toString());
        assertThat(attach()).isEmpty();
    }

    @Override
    public void close() {
        String said = SmallDisk.run("umount", "-l", folder.toString());
        assertThat(said).isEmpty();
    }
}
