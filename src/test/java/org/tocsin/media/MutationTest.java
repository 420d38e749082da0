package org.tocsin.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.Lifespan;
import net.jqwik.api.lifecycle.Store;
import org.tocsin.base.FaultException;
import org.tocsin.base.FaultException.Kind;
import org.tocsin.base.Ticker;
import org.tocsin.media.MediaStore.Taken;

class MutationTest {
    /** Against a decoder that never ends, and no measure of speed: a machine with other work took six seconds for one file. */
    private static final Duration BOUND = Duration.ofMinutes(1);

    private static final Store<Path> FOLDER = Store.create("folder", Lifespan.RUN, () -> {
        try {
            return Files.createDirectories(
                            Files.createTempDirectory("mutations").resolve("fitted"))
                    .getParent();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    });

    private static final List<byte[]> SEEDS = seeds();

    @AfterContainer
    static void remove() throws IOException {
        try (Stream<Path> files = Files.walk(FOLDER.get())) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static List<byte[]> seeds() {
        BufferedImage image = Pictures.grain(40, 30, BufferedImage.TYPE_3BYTE_BGR, 40);
        return List.of(
                Pictures.phoneJpeg(image, 1),
                Pictures.phoneJpeg(image, 6),
                Pictures.jpeg(image, 0.8f, true),
                Pictures.png(image, Pictures.chunk("eXIf", Pictures.exif(3))),
                Pictures.apng(40, 30),
                Pictures.png16(40, 30),
                Pictures.gif(40, 30, 2),
                Pictures.webp(40, 30),
                Pictures.phoneWebp(40, 30, 8),
                Pictures.animatedWebp(40, 30),
                Pictures.lossyWebp());
    }

    @Property(tries = 400)
    void a_damaged_file_is_taken_or_refused_but_never_breaks_anything(
            @ForAll @IntRange(max = 10) int seed, @ForAll long how, @ForAll @IntRange(min = 1, max = 12) int changes)
            throws IOException {
        byte[] file = mutated(SEEDS.get(seed), new Random(how), changes);
        Ticker ticker = Ticker.system();
        long start = ticker.nanos();
        FileMediaStore store = new FileMediaStore(FOLDER.get());
        try {
            Taken taken = store.take(new ByteArrayInputStream(file));
            ImageLimits limits = new ImageLimits(Set.of(MediaType.JPEG), 20_000, 500, 1_000, 1_000);
            assertThat(store.fit(FittingTest.media(taken), limits).bytes()).isLessThanOrEqualTo(20_000);
        } catch (FaultException e) {
            assertThat(e.kind()).isIn(Kind.INVALID, Kind.TOO_LARGE);
        }
        assertThat(Duration.ofNanos(ticker.nanos() - start)).isLessThan(BOUND);
        for (Path folder : List.of(FOLDER.get(), FOLDER.get().resolve("fitted"))) {
            assertThat(folder.toFile().list()).noneMatch(name -> name.endsWith(".tmp"));
        }
    }

    /** Half of the changes go to the first 200 bytes, where the structure is. */
    private static byte[] mutated(byte[] seed, Random random, int changes) {
        byte[] file = seed.clone();
        for (int i = 0; i < changes; i++) {
            int range = random.nextBoolean() ? Math.min(200, file.length) : file.length;
            int at = random.nextInt(range);
            file[at] = switch (random.nextInt(4)) {
                case 0 -> (byte) 0xFF;
                case 1 -> 0;
                case 2 -> (byte) (file[at] ^ 1 << random.nextInt(8));
                default -> (byte) random.nextInt(256);
            };
        }
        return file;
    }
}
