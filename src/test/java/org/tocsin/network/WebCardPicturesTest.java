package org.tocsin.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.http.HttpClient;
import org.tocsin.http.HttpFailure;
import org.tocsin.http.HttpRequest;
import org.tocsin.http.HttpResult;
import org.tocsin.media.FileMediaStore;
import org.tocsin.media.FittedImage;
import org.tocsin.media.ImageLimits;
import org.tocsin.media.MediaType;

class WebCardPicturesTest {
    private static final ImageLimits LIMITS = new ImageLimits(EnumSet.of(MediaType.JPEG), 20_000, 200L * 200, 200, 400);
    private static final LinkCard CARD =
            new LinkCard("https://exemple.fr/", "Titre", "", "https://exemple.fr/place.png");

    private final List<String> asked = new ArrayList<>();

    @TempDir
    private Path folder;

    private Optional<FittedImage> read(LinkCard card, HttpResult answer) {
        HttpClient http = new HttpClient() {
            @Override
            public HttpResult send(HttpRequest request) {
                throw new AssertionError("a picture is read, through the guard for strangers");
            }

            @Override
            public HttpResult read(HttpRequest request, int maxBytes) {
                asked.add(request.url().toString());
                return answer;
            }
        };
        return new WebCardPictures(http, new FileMediaStore(folder), Clock.systemUTC()).of(card, LIMITS);
    }

    private static HttpResult answer(int status, byte[] bytes) {
        return new HttpResult.Answer(status, Map.of("content-type", List.of("image/png")), bytes);
    }

    private static byte[] png(int width, int height) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "png", bytes);
        return bytes.toByteArray();
    }

    @Test
    void a_large_picture_is_made_to_fit() throws IOException {
        assertThat(read(CARD, answer(200, png(1200, 630)))).hasValueSatisfying(picture -> {
            assertThat(picture.type()).isEqualTo(MediaType.JPEG);
            assertThat(picture.width()).isLessThanOrEqualTo(200);
            assertThat(picture.bytes()).isLessThanOrEqualTo(20_000);
            assertThat(picture.file()).exists();
        });
        assertThat(asked).containsExactly("https://exemple.fr/place.png");
    }

    @Test
    void what_is_no_picture_or_not_to_be_had_is_left_out() throws IOException {
        assertThat(read(CARD, answer(200, "<html>".getBytes(StandardCharsets.UTF_8))))
                .isEmpty();
        assertThat(read(CARD, answer(404, png(10, 10)))).isEmpty();
        assertThat(read(CARD, new HttpResult.NoAnswer(new HttpFailure(HttpFailure.Kind.TOO_LARGE, "exemple.fr"))))
                .isEmpty();
        assertThat(read(CARD, new HttpResult.NotSent(new HttpFailure(HttpFailure.Kind.NOT_CONNECTED, "exemple.fr"))))
                .isEmpty();
    }

    @Test
    void a_card_without_a_picture_asks_nobody() throws IOException {
        assertThat(read(new LinkCard("https://exemple.fr/", "Titre", "", null), answer(200, png(10, 10))))
                .isEmpty();
        assertThat(asked).isEmpty();
    }
}
