package org.tocsin.media;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.FileImageOutputStream;

/** Writes an image as a file that has nothing but pixels and, for JPEG, a colour profile. */
final class Encoder {
    private Encoder() {}

    /**
     * @param image   without transparency
     * @param quality 0 to 1
     * @return the size in bytes
     */
    static long jpeg(BufferedImage image, float quality, IccProfile profile, Path file) throws IOException {
        ImageWriter writer = writer("jpeg");
        ImageWriteParam param = writer.getDefaultWriteParam();
        param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        param.setCompressionQuality(quality);
        write(writer, param, image, file);
        profile.insertInto(file);
        return Files.size(file);
    }

    /** @return the size in bytes */
    static long png(BufferedImage image, Path file) throws IOException {
        ImageWriter writer = writer("png");
        write(writer, writer.getDefaultWriteParam(), image, file);
        return Files.size(file);
    }

    private static void write(ImageWriter writer, ImageWriteParam param, BufferedImage image, Path file)
            throws IOException {
        Files.newOutputStream(file, StandardOpenOption.TRUNCATE_EXISTING).close();
        try (FileImageOutputStream stream = new FileImageOutputStream(file.toFile())) {
            writer.setOutput(stream);
            writer.write(null, new IIOImage(image, null, null), param);
        } finally {
            writer.dispose();
        }
    }

    private static ImageWriter writer(String format) {
        return ImageIO.getImageWritersByFormatName(format).next();
    }
}
