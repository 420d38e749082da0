package org.tocsin.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tocsin.media.MediaStore.Taken;

class OrientationTest {
    private static final int WIDTH = 64;
    private static final int HEIGHT = 32;

    @TempDir
    Path folder;

    /** Which quarter is where once upright (top left, top right, bottom left, bottom right); stored it is R, G, B, W. */
    @ParameterizedTest(name = "EXIF {0} shows {1}")
    @CsvSource({"1,RGBW", "2,GRWB", "3,WBGR", "4,BWRG", "5,RBGW", "6,BRWG", "7,WGBR", "8,GWRB"})
    void every_orientation_is_applied(int orientation, String upright) throws Exception {
        BufferedImage image = Pictures.quarters(WIDTH, HEIGHT);
        byte[] exif = Pictures.chunk("eXIf", Pictures.exif(orientation));

        assertThat(shown(Pictures.phoneJpeg(image, orientation))).isEqualTo(upright);
        assertThat(shown(Pictures.png(image, exif))).isEqualTo(upright);
        assertThat(shown(Pictures.phoneWebp(WIDTH, HEIGHT, orientation))).isEqualTo(upright);
    }

    private String shown(byte[] stored) throws Exception {
        Taken taken = new FileMediaStore(folder).take(new ByteArrayInputStream(stored));
        Path file = folder.resolve(taken.sha256().substring(0, 2))
                .resolve(taken.sha256() + "." + taken.type().extension());
        BufferedImage image = ImageIO.read(file.toFile());
        assertThat(taken.width()).isEqualTo(image.getWidth());
        assertThat(taken.height()).isEqualTo(image.getHeight());
        int right = image.getWidth() - 5;
        int bottom = image.getHeight() - 5;
        return colour(image.getRGB(4, 4))
                + colour(image.getRGB(right, 4))
                + colour(image.getRGB(4, bottom))
                + colour(image.getRGB(right, bottom));
    }

    private static String colour(int rgb) {
        boolean red = (rgb >> 16 & 0xFF) > 128;
        boolean green = (rgb >> 8 & 0xFF) > 128;
        boolean blue = (rgb & 0xFF) > 128;
        if (red && green && blue) {
            return "W";
        }
        return red ? "R" : green ? "G" : blue ? "B" : "?";
    }
}
