package org.tocsin.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.base.BranchId;
import org.tocsin.media.MediaStore.Taken;

class FileMediaStoreTest {
    private static final ImageLimits SMALL =
            new ImageLimits(EnumSet.allOf(MediaType.class), 50_000, 1_000, 1_000, 1_000);

    @TempDir
    Path folder;

    @Test
    void equal_images_are_stored_once_under_their_hash() throws Exception {
        FileMediaStore store = new FileMediaStore(folder);
        BufferedImage image = Pictures.quarters(64, 48);
        Taken plain = store.take(new ByteArrayInputStream(Pictures.png(image)));
        byte[] text = Pictures.chunk("tEXt", Pictures.ascii("Comment\0other"));
        Taken commented = store.take(new ByteArrayInputStream(Pictures.png(image, text)));

        assertThat(commented).isEqualTo(plain);
        assertThat(files()).containsExactly(plain.sha256().substring(0, 2) + "/" + plain.sha256() + ".png");
        assertThat(Shelf.hash(store.file(FittingTest.media(plain)))).isEqualTo(plain.sha256());
    }

    @Test
    void removing_takes_all_that_was_made_of_it_and_nothing_else() throws Exception {
        FileMediaStore store = new FileMediaStore(folder);
        Media one = FittingTest.media(store.take(new ByteArrayInputStream(Pictures.webp(64, 48))));
        Media other = FittingTest.media(store.take(new ByteArrayInputStream(Pictures.webp(64, 50))));
        store.fit(one, SMALL);
        store.fit(other, SMALL);
        assertThat(files()).hasSize(4);

        store.remove(one.sha256());
        store.remove(one.sha256());
        assertThat(files()).hasSize(2).allMatch(name -> name.contains(other.sha256()));
    }

    @Test
    void what_a_killed_process_left_is_swept_and_the_images_stay() throws Exception {
        FileMediaStore store = new FileMediaStore(folder);
        Media media = FittingTest.media(store.take(new ByteArrayInputStream(Pictures.webp(64, 48))));
        Files.writeString(folder.resolve("take-1.tmp"), "half");
        Files.createDirectories(folder.resolve("fitted"));
        Files.writeString(folder.resolve("fitted/take-2.tmp"), "half");

        store.sweep();
        assertThat(files()).hasSize(1);
        assertThat(store.file(media)).exists();
    }

    @Test
    void a_hash_that_is_a_path_is_not_followed() {
        FileMediaStore store = new FileMediaStore(folder);
        Media media =
                new Media("id", BranchId.MAIN, MediaType.PNG, "x", 1, 1, 1, "../../etc/passwd", false, Instant.EPOCH);
        assertThatIllegalArgumentException().isThrownBy(() -> store.file(media));
        assertThatIllegalArgumentException().isThrownBy(() -> store.remove("../x"));
    }

    @Test
    void many_at_once_are_all_served() throws Exception {
        FileMediaStore store = new FileMediaStore(folder);
        byte[] file = Pictures.phoneJpeg(Pictures.quarters(64, 48), 6);
        Set<FittedImage> results = new HashSet<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<FittedImage>> all = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                all.add(threads.submit(
                        () -> store.fit(FittingTest.media(store.take(new ByteArrayInputStream(file))), SMALL)));
            }
            for (Future<FittedImage> one : all) {
                results.add(one.get());
            }
        }
        assertThat(results).hasSize(1);
        assertThat(files()).hasSize(2);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .toList();
        }
    }
}
