package org.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.app.RunningDaemon.Answer;

/** The images lie on a disk of their own, and that one is full. A fresh daemon posts to two channels: the feeds and the rehearsal. */
class MediaDiskFullTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    /** Noise, which no encoder makes smaller: about three bytes a pixel. */
    private static byte[] noise(int side) throws Exception {
        BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(7);
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                image.setRGB(x, y, random.nextInt());
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "png", out);
        return out.toByteArray();
    }

    private static Answer upload(RunningDaemon daemon, byte[] image) {
        return daemon.send(daemon.token(), "POST", "/api/v1/media?name=a.png", image);
    }

    private static String states(RunningDaemon daemon) {
        StringBuilder states = new StringBuilder();
        for (JsonNode delivery : daemon.get("/api/v1/deliveries").json().path("items")) {
            states.append(delivery.path("state").asText()).append(' ');
        }
        return states.toString().strip();
    }

    private static void assertEmpty(Path media) throws Exception {
        try (Stream<Path> left = Files.walk(media)) {
            assertThat(left.filter(Files::isRegularFile).filter(file -> !file.endsWith("filler")))
                    .isEmpty();
        }
    }

    private static void assertRefused(Answer refused, Path media) {
        assertThat(refused.status()).as(refused.body()).isEqualTo(507);
        assertThat(refused.json().path("errors").path(0).path("message").asText())
                .contains(media.toString())
                .contains("Free some space");
    }

    @Test
    void an_image_is_refused_with_the_folder_and_the_remedy_and_posts_without_images_go_out() throws Exception {
        Path data = folder.resolve("data");
        Path media = data.resolve("media");
        try (RunningDaemon daemon = new RunningDaemon(data)) {
            try (SmallDisk disk = SmallDisk.mount(media, "2m")) {
                // The body does not fit.
                assertRefused(upload(daemon, noise(1100)), media);
                assertEmpty(media);
                // The body fits, and its cleaned copy does not.
                assertRefused(upload(daemon, noise(500)), media);
                assertEmpty(media);
                // Not even a file can be begun.
                disk.fill();
                assertRefused(upload(daemon, noise(100)), media);
                assertEmpty(media);

                Answer text = daemon.post("/api/v1/posts", "{\"text\":\"Sans image\"}");
                assertThat(text.status()).as(text.body()).isEqualTo(201);
                await().atMost(SOON)
                        .untilAsserted(() -> assertThat(states(daemon)).isEqualTo("PUBLISHED PUBLISHED"));
                assertThat(daemon.get("/health/ready").status()).isEqualTo(200);

                disk.free();
                Answer taken = upload(daemon, noise(100));
                assertThat(taken.status()).as(taken.body()).isEqualTo(201);
                Answer post = daemon.post(
                        "/api/v1/posts",
                        "{\"text\":\"Avec image\",\"media\":[{\"id\":\""
                                + taken.json().path("id").asText() + "\",\"alt\":\"du bruit\"}]}");
                assertThat(post.status()).as(post.body()).isEqualTo(201);
                await().atMost(SOON)
                        .untilAsserted(
                                () -> assertThat(states(daemon)).isEqualTo("PUBLISHED PUBLISHED PUBLISHED PUBLISHED"));
            }
        }
    }
}
