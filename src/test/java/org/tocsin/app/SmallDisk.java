package org.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A real disk in memory that can be filled: mounted where that is permitted, else the test is skipped. */
public final class SmallDisk implements AutoCloseable {
    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    /** Mounts one at that folder; {@code size} as for tmpfs, such as {@code 4m}. */
    public static SmallDisk mount(Path folder, String size) throws IOException {
        Files.createDirectories(folder);
        String said = run("mount", "-t", "tmpfs", "-o", "mode=0700,size=" + size, "tmpfs", folder.toString());
        assumeTrue(said.isEmpty(), "a disk of our own cannot be mounted here: " + said);
        return new SmallDisk(folder);
    }

    Path data() {
        return folder.resolve("data");
    }

    /** Takes every last byte. */
    public void fill() throws IOException {
        byte[] block = new byte[4096];
        try (OutputStream out = Files.newOutputStream(folder.resolve("filler"))) {
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            assertThat(folder.toFile().getUsableSpace()).as(e.toString()).isLessThan(4096);
        }
    }

    /** Gives the room back. */
    public void free() throws IOException {
        Files.delete(folder.resolve("filler"));
    }

    /** @return empty when it ended well, else what it said */
    static String run(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            boolean ended = process.waitFor(20, TimeUnit.SECONDS);
            return ended && process.exitValue() == 0 ? "" : said + " ended: " + ended;
        } catch (IOException e) {
            return e.toString();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return e.toString();
        }
    }

    @Override
    public void close() {
        String said = run("umount", "-l", folder.toString());
        assertThat(said).isEmpty();
    }
}
