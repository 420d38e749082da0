package org.tocsin.media;

import static org.assertj.core.api.Assertions.assertThat;

import com.drew.imaging.ImageMetadataReader;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifDirectoryBase;
import com.drew.metadata.exif.GpsDirectory;
import com.drew.metadata.xmp.XmpDirectory;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tocsin.media.MediaStore.Taken;

class CleaningTest {
    @TempDir
    Path folder;

    static Stream<Arguments> carriers() {
        BufferedImage image = Pictures.quarters(64, 48);
        byte[] secret = Pictures.ascii("Comment\0" + Pictures.SECRET);
        byte[] text = Pictures.ascii("Comment\0\0\0\0\0" + Pictures.SECRET);
        byte[] packed = Pictures.join(Pictures.ascii("a\0\0"), Pictures.deflate(new byte[1_000_000]));
        return Stream.of(
                Arguments.of("JPEG", Pictures.phoneJpeg(image, 1), false),
                Arguments.of("turned JPEG", Pictures.phoneJpeg(image, 6), false),
                Arguments.of(
                        "PNG",
                        Pictures.png(
                                image,
                                Pictures.chunk("tEXt", secret),
                                Pictures.chunk("iTXt", text),
                                Pictures.chunk("zTXt", packed),
                                Pictures.chunk("eXIf", Pictures.exif(1)),
                                Pictures.chunk("tIME", new byte[7]),
                                Pictures.chunk("prVt", secret)),
                        false),
                Arguments.of("turned PNG", Pictures.png(image, Pictures.chunk("eXIf", Pictures.exif(6))), false),
                Arguments.of("APNG", Pictures.apng(64, 48), true),
                Arguments.of("GIF", Pictures.gif(64, 48, 1), false),
                Arguments.of("animated GIF", Pictures.gif(64, 48, 3), true),
                Arguments.of("WebP", Pictures.phoneWebp(64, 48, 1), false),
                Arguments.of("turned WebP", Pictures.phoneWebp(64, 48, 6), false),
                Arguments.of("animated WebP", Pictures.animatedWebp(64, 48), true),
                Arguments.of("lossy WebP", Pictures.lossyWebp(), false));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("carriers")
    void nothing_but_pixels_is_stored(String name, byte[] dirty, boolean animated) throws Exception {
        Stored stored = take(dirty);

        Metadata metadata = ImageMetadataReader.readMetadata(new ByteArrayInputStream(stored.bytes));
        assertThat(metadata.getDirectoriesOfType(GpsDirectory.class)).isEmpty();
        assertThat(metadata.getDirectoriesOfType(ExifDirectoryBase.class)).isEmpty();
        assertThat(metadata.getDirectoriesOfType(XmpDirectory.class)).isEmpty();
        assertThat(latin(stored.bytes)).doesNotContain("SECRET", "Exif", "EXIF", "eXIf", "XMP", "tEXt", "zTXt", "ftyp");
        assertThat(stored.taken.animated()).isEqualTo(animated);
        assertThat(stored.taken.bytes()).isEqualTo(stored.bytes.length);
    }

    @Test
    void the_fixtures_do_carry_a_place() throws Exception {
        for (byte[] dirty :
                new byte[][] {Pictures.phoneJpeg(Pictures.quarters(64, 48), 1), Pictures.phoneWebp(64, 48, 1)}) {
            Metadata metadata = ImageMetadataReader.readMetadata(new ByteArrayInputStream(dirty));
            GpsDirectory place = metadata.getFirstDirectoryOfType(GpsDirectory.class);
            assertThat(place.getRationalArray(GpsDirectory.TAG_LATITUDE)[0].intValue())
                    .isEqualTo(48);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("carriers")
    void cleaning_twice_changes_nothing_more(String name, byte[] dirty, boolean animated) throws Exception {
        Stored once = take(dirty);
        assertThat(take(once.bytes).taken).isEqualTo(once.taken);
    }

    @Test
    void an_upright_jpeg_keeps_every_pixel_and_its_colour_profile() throws Exception {
        BufferedImage image = Pictures.grain(200, 100, BufferedImage.TYPE_3BYTE_BGR, 50);
        byte[] dirty = Pictures.phoneJpeg(image, 1);
        Stored stored = take(dirty);
        assertThat(pixels(stored.bytes)).isEqualTo(pixels(dirty));
        assertThat(latin(stored.bytes)).contains("ICC_PROFILE", "JFIF");
    }

    @Test
    void a_turned_jpeg_keeps_its_colour_profile() throws Exception {
        assertThat(latin(take(Pictures.phoneJpeg(Pictures.quarters(64, 48), 8)).bytes))
                .contains("ICC_PROFILE");
    }

    @Test
    void a_loop_of_an_animation_is_kept() throws Exception {
        assertThat(latin(take(Pictures.gif(64, 48, 3)).bytes)).contains("NETSCAPE2.0");
    }

    @Test
    void what_a_png_needs_to_be_shown_is_kept_and_a_huge_profile_is_not() throws Exception {
        byte[] gamma = Pictures.chunk("gAMA", new byte[] {0, 0, (byte) 0xB1, (byte) 0x8F});
        byte[] bomb = Pictures.chunk("iCCP", Pictures.join(Pictures.ascii("x\0\0"), new byte[600_000]));
        byte[] stored = take(Pictures.png(Pictures.quarters(8, 8), gamma, bomb)).bytes;
        assertThat(latin(stored)).contains("gAMA").doesNotContain("iCCP");
        assertThat(stored).hasSizeLessThan(1000);
    }

    private record Stored(Taken taken, byte[] bytes) {}

    private Stored take(byte[] dirty) throws Exception {
        Taken taken = new FileMediaStore(folder).take(new ByteArrayInputStream(dirty));
        Path file = folder.resolve(taken.sha256().substring(0, 2))
                .resolve(taken.sha256() + "." + taken.type().extension());
        return new Stored(taken, Files.readAllBytes(file));
    }

    private static int[] pixels(byte[] file) throws Exception {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(file));
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }

    private static String latin(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
