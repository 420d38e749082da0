package org.tocsin.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.media.MediaStore.Taken;

/** A real process with a heap of 256 MB takes and fits photos of 48 megapixels, which are 144 MB each once decoded. */
class SmallHeapTest {
    private static final int WIDTH = 8_000;
    private static final int HEIGHT = 6_000;
    private static final ImageLimits LIMITS =
            new ImageLimits(EnumSet.allOf(MediaType.class), 2_000_000, Long.MAX_VALUE, 100_000, 200_000);

    @TempDir
    Path folder;

    @Test
    void photos_of_48_megapixels_fit_under_256_mb() throws Exception {
        byte[] jpeg = Pictures.jpeg(Pictures.grain(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR, 24), 0.8f, false);
        Path landscape = Files.write(folder.resolve("landscape"), jpeg);
        byte[] exif = Pictures.segment(0xE1, Pictures.join(Pictures.ascii("Exif\0\0"), Pictures.exif(6)));
        Path portrait = Files.write(
                folder.resolve("portrait"),
                Pictures.join(Arrays.copyOf(jpeg, 2), exif, Arrays.copyOfRange(jpeg, 2, jpeg.length)));
        Path log = folder.resolve("log");

        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Xmx256m",
                        "-Djava.awt.headless=true",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName(),
                        folder.resolve("store").toString(),
                        landscape.toString(),
                        portrait.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        boolean ended = process.waitFor(60, TimeUnit.SECONDS);
        process.destroyForcibly();

        assertThat(ended).as("ended in time: %s", Files.readString(log)).isTrue();
        assertThat(process.waitFor()).as(Files.readString(log)).isZero();
        assertThat(Files.readString(log)).contains("landscape 8000x6000", "portrait 4242x5656");
    }

    /** What runs in the small process. */
    static final class Child {
        private Child() {}

        public static void main(String[] args) throws IOException {
            FileMediaStore store = new FileMediaStore(Path.of(args[0]));
            for (String photo : Arrays.asList(args).subList(1, args.length)) {
                long start = System.nanoTime();
                Taken taken;
                try (InputStream in = Files.newInputStream(Path.of(photo))) {
                    taken = store.take(in);
                }
                long took = System.nanoTime() - start;
                FittedImage fitted = store.fit(FittingTest.media(taken), LIMITS);
                if (fitted.bytes() > LIMITS.maxBytes()) {
                    throw new IllegalStateException("too large: " + fitted);
                }
                System.out.printf(
                        "%s %dx%d taken in %d ms, fitted to %dx%d in %d ms, %d -> %d bytes%n",
                        Path.of(photo).getFileName(),
                        taken.width(),
                        taken.height(),
                        took / 1_000_000,
                        fitted.width(),
                        fitted.height(),
                        (System.nanoTime() - start - took) / 1_000_000,
                        taken.bytes(),
                        fitted.bytes());
            }
        }
    }
}
