package org.tocsin.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tocsin.base.BranchId;
import org.tocsin.base.FaultException;
import org.tocsin.base.FaultException.Kind;
import org.tocsin.media.MediaStore.Taken;

class FittingTest {
    private static final Set<MediaType> ALL = EnumSet.allOf(MediaType.class);
    private static final int ANY = 100_000;

    @TempDir
    Path folder;

    static Stream<Arguments> shapes() {
        return Stream.of(
                Arguments.of("bytes", 600, 400, new ImageLimits(ALL, 20_000, ANY * 10L, ANY, ANY)),
                Arguments.of("few bytes", 600, 400, new ImageLimits(ALL, 3_000, ANY * 10L, ANY, ANY)),
                Arguments.of("pixels", 600, 400, new ImageLimits(ALL, 10_000_000, 99_999, ANY, ANY)),
                Arguments.of("a side", 600, 400, new ImageLimits(ALL, 10_000_000, ANY * 10L, 333, ANY)),
                Arguments.of("both sides", 400, 600, new ImageLimits(ALL, 10_000_000, ANY * 10L, ANY, 777)),
                Arguments.of("a line", 2_000, 1, new ImageLimits(ALL, 10_000_000, ANY * 10L, 100, ANY)),
                Arguments.of("only JPEG", 60, 40, new ImageLimits(Set.of(MediaType.JPEG), 50_000, ANY, ANY, ANY)),
                Arguments.of("only PNG", 60, 40, new ImageLimits(Set.of(MediaType.PNG), 50_000, ANY, ANY, ANY)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shapes")
    void what_is_made_is_within_the_limits_and_keeps_its_proportions(
            String name, int width, int height, ImageLimits limits) throws Exception {
        FileMediaStore store = new FileMediaStore(folder);
        for (int type : new int[] {BufferedImage.TYPE_3BYTE_BGR, BufferedImage.TYPE_4BYTE_ABGR}) {
            byte[] png = Pictures.encode(Pictures.grain(width, height, type, 50), "png");
            Media media = media(store.take(new ByteArrayInputStream(png)));
            FittedImage fitted = store.fit(media, limits);

            BufferedImage image = ImageIO.read(fitted.file().toFile());
            assertThat(limits.types()).contains(fitted.type());
            assertThat(fitted.bytes()).isEqualTo(Files.size(fitted.file())).isLessThanOrEqualTo(limits.maxBytes());
            assertThat(fitted.width()).isEqualTo(image.getWidth()).isLessThanOrEqualTo(limits.maxSide());
            assertThat(fitted.height()).isEqualTo(image.getHeight()).isLessThanOrEqualTo(limits.maxSide());
            assertThat((long) fitted.width() * fitted.height()).isLessThanOrEqualTo(limits.maxPixels());
            assertThat(fitted.width() + fitted.height()).isLessThanOrEqualTo(limits.maxSideSum());
            assertThat(fitted.height())
                    .isBetween(Math.max(1, fitted.width() * height / width - 2), fitted.width() * height / width + 2);
        }
    }

    @Test
    void a_limit_that_is_just_met_leaves_the_original() {
        FileMediaStore store = new FileMediaStore(folder);
        Media media = media(store.take(new ByteArrayInputStream(Pictures.phoneWebp(64, 48, 1))));
        ImageLimits exact = new ImageLimits(ALL, media.bytes(), 64 * 48, 64, 64 + 48);
        assertThat(store.fit(media, exact).file()).isEqualTo(store.file(media));

        ImageLimits tighter = new ImageLimits(ALL, media.bytes(), 64 * 48, 64, 64 + 47);
        assertThat(store.fit(media, tighter).file()).isNotEqualTo(store.file(media));
    }

    @Test
    void the_same_limits_give_the_same_file_and_others_another() throws Exception {
        FileMediaStore store = new FileMediaStore(folder);
        Media media = media(store.take(new ByteArrayInputStream(Pictures.webp(64, 48))));
        ImageLimits small = new ImageLimits(ALL, 100_000, 1_000, ANY, ANY);
        FittedImage first = store.fit(media, small);
        Object made = Files.getLastModifiedTime(first.file());

        assertThat(new FileMediaStore(folder).fit(media, small)).isEqualTo(first);
        assertThat(Files.getLastModifiedTime(first.file())).isEqualTo(made);
        assertThat(store.fit(media, new ImageLimits(ALL, 100_000, 999, ANY, ANY))
                        .file())
                .isNotEqualTo(first.file());
    }

    @Test
    void transparency_is_kept_as_png_and_laid_on_white_for_a_network_without_png() throws Exception {
        FileMediaStore store = new FileMediaStore(folder);
        BufferedImage glass = new BufferedImage(80, 80, BufferedImage.TYPE_4BYTE_ABGR);
        Media media = media(store.take(new ByteArrayInputStream(Pictures.encode(glass, "png"))));

        FittedImage png = store.fit(media, new ImageLimits(ALL, 100_000, 900, ANY, ANY));
        assertThat(png.type()).isEqualTo(MediaType.PNG);
        assertThat(ImageIO.read(png.file().toFile()).getRGB(5, 5) >>> 24).isZero();

        FittedImage jpeg = store.fit(media, new ImageLimits(Set.of(MediaType.JPEG), 100_000, 900, ANY, ANY));
        assertThat(ImageIO.read(jpeg.file().toFile()).getRGB(5, 5)).isEqualTo(-1);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("kinds")
    void every_kind_of_raster_keeps_its_colours(String name, byte[] file) throws Exception {
        FileMediaStore store = new FileMediaStore(folder);
        Media media = media(store.take(new ByteArrayInputStream(file)));
        FittedImage fitted = store.fit(media, new ImageLimits(Set.of(MediaType.JPEG), 100_000, 2_000, ANY, ANY));
        BufferedImage image = ImageIO.read(fitted.file().toFile());
        int[] expected = {0xFF0000, 0x00FF00, 0x0000FF, 0xFFFFFF};
        for (int i = 0; i < 4; i++) {
            int x = i % 2 == 0 ? 5 : image.getWidth() - 6;
            int y = i / 2 == 0 ? 5 : image.getHeight() - 6;
            for (int shift = 0; shift < 24; shift += 8) {
                assertThat((image.getRGB(x, y) >> shift) & 0xFF).isCloseTo((expected[i] >> shift) & 0xFF, within(6));
            }
        }
    }

    static Stream<Arguments> kinds() {
        return Stream.of(
                Arguments.of("JPEG", Pictures.jpeg(Pictures.quarters(64, 48), 0.95f, false)),
                Arguments.of("progressive JPEG", Pictures.jpeg(Pictures.quarters(64, 48), 0.95f, true)),
                Arguments.of("JPEG with profile", Pictures.phoneJpeg(Pictures.quarters(64, 48), 1)),
                Arguments.of(
                        "palette PNG",
                        Pictures.encode(Pictures.quarters(64, 48, BufferedImage.TYPE_BYTE_INDEXED), "png")),
                Arguments.of("16-bit PNG", Pictures.png16(64, 48)),
                Arguments.of("GIF", Pictures.gif(64, 48, 1)),
                Arguments.of("WebP", Pictures.webp(64, 48)));
    }

    @Test
    void grey_is_not_made_brighter() throws Exception {
        BufferedImage grey = new BufferedImage(64, 64, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < 64 * 64; i++) {
            grey.getRaster().setSample(i % 64, i / 64, 0, 100);
        }
        FileMediaStore store = new FileMediaStore(folder);
        for (String format : new String[] {"png", "jpeg"}) {
            Media media = media(store.take(new ByteArrayInputStream(Pictures.encode(grey, format))));
            FittedImage fitted = store.fit(media, new ImageLimits(Set.of(MediaType.JPEG), 100_000, 900, ANY, ANY));
            assertThat(ImageIO.read(fitted.file().toFile()).getRGB(9, 9) & 0xFF).isBetween(98, 102);
        }
    }

    @Test
    void what_cannot_be_made_to_fit_is_refused_with_the_remedy() {
        FileMediaStore store = new FileMediaStore(folder);
        Media animation = media(store.take(new ByteArrayInputStream(Pictures.gif(64, 48, 3))));
        Media still = media(store.take(new ByteArrayInputStream(Pictures.webp(64, 48))));
        assertRefused("media.animation", store, animation, new ImageLimits(ALL, 10, ANY, ANY, ANY));
        assertRefused("media.animation", store, animation, new ImageLimits(Set.of(MediaType.JPEG), ANY, ANY, ANY, ANY));
        assertRefused("media.network-type", store, still, new ImageLimits(Set.of(MediaType.GIF), ANY, ANY, ANY, ANY));
        assertRefused("media.bytes", store, still, new ImageLimits(ALL, 10, ANY, ANY, ANY));
    }

    @Test
    void an_animation_goes_as_it_is_where_a_network_has_a_rule_for_animations() {
        FileMediaStore store = new FileMediaStore(folder);
        Media animation = media(store.take(new ByteArrayInputStream(Pictures.gif(64, 48, 3))));
        Media still = media(store.take(new ByteArrayInputStream(Pictures.gif(64, 48, 1))));
        Set<MediaType> stills = Set.of(MediaType.JPEG);
        ImageLimits limits = new ImageLimits(stills, ANY, ANY, ANY, ANY, new ImageLimits.Animations(animation.bytes()));
        assertThat(store.fit(animation, limits).sha256()).isEqualTo(animation.sha256());
        assertThat(store.fit(still, limits).type()).isEqualTo(MediaType.JPEG);
        ImageLimits smaller =
                new ImageLimits(stills, ANY, ANY, ANY, ANY, new ImageLimits.Animations(animation.bytes() - 1));
        assertRefused("media.animation", store, animation, smaller);
    }

    @Test
    void a_missing_original_is_a_fault_of_the_store() throws Exception {
        FileMediaStore store = new FileMediaStore(folder);
        Media media = media(store.take(new ByteArrayInputStream(Pictures.webp(64, 48))));
        Files.delete(store.file(media));
        assertThatExceptionOfType(FaultException.class)
                .isThrownBy(() -> store.fit(media, new ImageLimits(ALL, ANY, 100, ANY, ANY)))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.STORAGE))
                .satisfies(
                        e -> assertThat(e.faults().getFirst().message().code()).isEqualTo("media.gone"));
    }

    private static void assertRefused(String code, FileMediaStore store, Media media, ImageLimits limits) {
        assertThatExceptionOfType(FaultException.class)
                .isThrownBy(() -> store.fit(media, limits))
                .satisfies(
                        e -> assertThat(e.faults().getFirst().message().code()).isEqualTo(code));
    }

    static Media media(Taken taken) {
        return new Media(
                "id",
                BranchId.MAIN,
                taken.type(),
                "x",
                taken.width(),
                taken.height(),
                taken.bytes(),
                taken.sha256(),
                taken.animated(),
                Instant.EPOCH);
    }
}
