package org.tocsin.media;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.BitSet;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Image files made by hand, with every place in which a file can carry more than its pixels. */
final class Pictures {
    /** Stands in everything that must not survive. */
    static final String SECRET = "SECRET-48.8566N";

    private Pictures() {}

    /** Four quarters: red, green; blue, white. */
    static BufferedImage quarters(int width, int height, int type) {
        BufferedImage image = new BufferedImage(width, height, type);
        Color[] colours = {Color.RED, Color.GREEN, Color.BLUE, Color.WHITE};
        Graphics2D graphics = image.createGraphics();
        for (int i = 0; i < 4; i++) {
            graphics.setColor(colours[i]);
            graphics.fillRect(i % 2 * width / 2, i / 2 * height / 2, width / 2, height / 2);
        }
        graphics.dispose();
        return image;
    }

    static BufferedImage quarters(int width, int height) {
        return quarters(width, height, BufferedImage.TYPE_3BYTE_BGR);
    }

    /** Fine grain, which compresses badly. */
    static BufferedImage grain(int width, int height, int type, int strength) {
        BufferedImage image = new BufferedImage(width, height, type);
        Random random = new Random(7);
        int[] row = new int[width];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int noise = random.nextInt(strength);
                int opacity = image.getColorModel().hasAlpha() ? 128 : 255;
                row[x] = opacity << 24 | (x * 200 / width + noise) << 16 | (y * 200 / height + noise) << 8 | noise;
            }
            image.setRGB(0, y, width, 1, row, 0, width);
        }
        return image;
    }

    static byte[] encode(BufferedImage image, String format) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            if (!ImageIO.write(image, format, new MemoryCacheImageOutputStream(out) {
                @Override
                public void close() throws IOException {
                    flush();
                    super.close();
                }
            })) {
                throw new IllegalStateException("no writer for " + format);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    static byte[] jpeg(BufferedImage image, float quality, boolean progressive) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ImageWriteParam param = writer.getDefaultWriteParam();
        param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        param.setCompressionQuality(quality);
        param.setProgressiveMode(progressive ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
            writer.setOutput(stream);
            writer.write(null, new IIOImage(image, null, null), param);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }

    /** A JPEG as a phone writes it: place, maker, XMP, IPTC, comment, profile, and a film after the end. */
    static byte[] phoneJpeg(BufferedImage image, int orientation) {
        byte[] profile = ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData();
        byte[] jpeg = jpeg(image, 0.95f, false);
        int after = 4 + ((jpeg[4] & 0xFF) << 8 | (jpeg[5] & 0xFF));
        return join(
                Arrays.copyOf(jpeg, after),
                segment(0xE1, join(ascii("Exif\0\0"), exif(orientation))),
                segment(0xE1, ascii("http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>" + SECRET + "</x:xmpmeta>")),
                segment(0xE2, join(ascii("ICC_PROFILE\0\1\1"), profile)),
                segment(0xE2, ascii("MPF\0" + SECRET)),
                segment(0xED, ascii("Photoshop 3.0\0" + SECRET)),
                segment(0xE0, ascii("JFXX\0\u0010" + SECRET)),
                segment(0xEB, ascii(SECRET)),
                segment(0xFE, ascii(SECRET)),
                Arrays.copyOfRange(jpeg, after, jpeg.length),
                ascii("\0\0\0 ftypmp42" + SECRET));
    }

    static byte[] segment(int marker, byte[] payload) {
        int length = payload.length + 2;
        return join(new byte[] {(byte) 0xFF, (byte) marker, (byte) (length >> 8), (byte) length}, payload);
    }

    /** A TIFF structure: maker, orientation, and a GPS directory with 48° 51′ N. */
    static byte[] exif(int orientation) {
        byte[] maker = ascii(SECRET + "\0");
        ByteBuffer tiff = ByteBuffer.allocate(8 + 2 + 36 + 4 + 2 + 24 + 4 + 24 + maker.length);
        int gps = 8 + 2 + 36 + 4;
        int latitude = gps + 2 + 24 + 4;
        tiff.put(ascii("MM\0*")).putInt(8).putShort((short) 3);
        entry(tiff, 0x010F, 2, maker.length).putInt(latitude + 24);
        entry(tiff, 0x0112, 3, 1).putShort((short) orientation).putShort((short) 0);
        entry(tiff, 0x8825, 4, 1).putInt(gps);
        tiff.putInt(0).putShort((short) 2);
        entry(tiff, 1, 2, 2).put(ascii("N\0\0\0"));
        entry(tiff, 2, 5, 3).putInt(latitude);
        tiff.putInt(0)
                .putInt(48)
                .putInt(1)
                .putInt(51)
                .putInt(1)
                .putInt(24)
                .putInt(1)
                .put(maker);
        return tiff.array();
    }

    private static ByteBuffer entry(ByteBuffer tiff, int tag, int type, int count) {
        return tiff.putShort((short) tag).putShort((short) type).putInt(count);
    }

    /** A PNG whose chunks are followed, after IHDR, by the given ones. */
    static byte[] png(BufferedImage image, byte[]... chunks) {
        byte[] png = encode(image, "png");
        return join(Arrays.copyOf(png, 33), join(chunks), Arrays.copyOfRange(png, 33, png.length));
    }

    static byte[] chunk(String type, byte[] data) {
        CRC32 sum = new CRC32();
        sum.update(ascii(type));
        sum.update(data);
        return ByteBuffer.allocate(12 + data.length)
                .putInt(data.length)
                .put(ascii(type))
                .put(data)
                .putInt((int) sum.getValue())
                .array();
    }

    static byte[] pngClaiming(int width, int height) {
        byte[] header = ByteBuffer.allocate(13)
                .putInt(width)
                .putInt(height)
                .put(new byte[] {8, 6, 0, 0, 0})
                .array();
        return join(
                ascii("\u0089PNG\r\n\u001A\n"),
                chunk("IHDR", header),
                chunk("IDAT", deflate(new byte[900])),
                chunk("IEND", new byte[0]));
    }

    /** Four quarters in RGB of 16 bits, one unfiltered row after the other. */
    static byte[] png16(int width, int height) {
        BufferedImage image = quarters(width, height);
        ByteBuffer rows = ByteBuffer.allocate(height * (1 + width * 6));
        for (int y = 0; y < height; y++) {
            rows.put((byte) 0);
            for (int x = 0; x < width; x++) {
                for (int shift = 16; shift >= 0; shift -= 8) {
                    int sample = (image.getRGB(x, y) >> shift) & 0xFF;
                    rows.putShort((short) (sample << 8 | sample));
                }
            }
        }
        byte[] header = ByteBuffer.allocate(13)
                .putInt(width)
                .putInt(height)
                .put(new byte[] {16, 2, 0, 0, 0})
                .array();
        return join(
                ascii("\u0089PNG\r\n\u001A\n"),
                chunk("IHDR", header),
                chunk("IDAT", deflate(rows.array())),
                chunk("IEND", new byte[0]));
    }

    static byte[] deflate(byte[] data) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflated = new DeflaterOutputStream(out, new Deflater(9))) {
            deflated.write(data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** An APNG of two equal frames. */
    static byte[] apng(int width, int height) {
        byte[] png = encode(quarters(width, height), "png");
        byte[] frame =
                ByteBuffer.allocate(26).putInt(0).putInt(width).putInt(height).array();
        byte[] second = ByteBuffer.wrap(frame.clone()).putInt(0, 1).array();
        byte[] actl = ByteBuffer.allocate(8).putInt(2).array();
        byte[] data = Arrays.copyOfRange(png, 41, 41 + ByteBuffer.wrap(png).getInt(33));
        return join(
                Arrays.copyOf(png, 33),
                chunk("acTL", actl),
                chunk("fcTL", frame),
                Arrays.copyOfRange(png, 33, png.length - 12),
                chunk("fcTL", second),
                chunk("fdAT", join(new byte[] {0, 0, 0, 2}, data)),
                chunk("IEND", new byte[0]));
    }

    /** An endless GIF with a comment and an application's data. */
    static byte[] gif(int width, int height, int frames) {
        BufferedImage image = quarters(width, height, BufferedImage.TYPE_BYTE_INDEXED);
        ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
            writer.setOutput(stream);
            writer.prepareWriteSequence(null);
            for (int i = 0; i < frames; i++) {
                writer.writeToSequence(new IIOImage(image, null, gifMetadata(writer, image)), null);
            }
            writer.endWriteSequence();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }

    private static IIOMetadata gifMetadata(ImageWriter writer, BufferedImage image) throws IOException {
        IIOMetadata metadata = writer.getDefaultImageMetadata(new ImageTypeSpecifier(image), null);
        String format = metadata.getNativeMetadataFormatName();
        IIOMetadataNode root = (IIOMetadataNode) metadata.getAsTree(format);
        IIOMetadataNode extensions = new IIOMetadataNode("ApplicationExtensions");
        extensions.appendChild(application("NETSCAPE", "2.0", new byte[] {1, 0, 0}));
        extensions.appendChild(application("SECRETIV", "1.0", ascii(SECRET)));
        root.appendChild(extensions);
        IIOMetadataNode comments = new IIOMetadataNode("CommentExtensions");
        IIOMetadataNode comment = new IIOMetadataNode("CommentExtension");
        comment.setAttribute("value", SECRET);
        comments.appendChild(comment);
        root.appendChild(comments);
        metadata.setFromTree(format, root);
        return metadata;
    }

    private static IIOMetadataNode application(String id, String code, byte[] data) {
        IIOMetadataNode node = new IIOMetadataNode("ApplicationExtension");
        node.setAttribute("applicationID", id);
        node.setAttribute("authenticationCode", code);
        node.setUserObject(data);
        return node;
    }

    /** A lossless WebP of four coloured quarters, with simple codes of two symbols: RFC 9649, 3.7.2.1.1. */
    static byte[] webpBitstream(int width, int height) {
        Bits bits = new Bits();
        bits.put(0x2F, 8).put(width - 1, 14).put(height - 1, 14).put(0, 1).put(0, 3);
        bits.put(0, 3);
        for (int channel = 0; channel < 3; channel++) {
            bits.put(1, 1).put(1, 1).put(1, 1).put(0, 8).put(255, 8);
        }
        bits.put(1, 1).put(0, 1).put(1, 1).put(255, 8);
        bits.put(1, 1).put(0, 1).put(0, 1).put(0, 1);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int quarter = (x < width / 2 ? 0 : 1) + (y < height / 2 ? 0 : 2);
                int green = quarter == 1 || quarter == 3 ? 1 : 0;
                int red = quarter == 0 || quarter == 3 ? 1 : 0;
                int blue = quarter >= 2 ? 1 : 0;
                bits.put(green, 1).put(red, 1).put(blue, 1);
            }
        }
        return bits.bytes();
    }

    static byte[] webp(int width, int height) {
        return riff(webpChunk("VP8L", webpBitstream(width, height)));
    }

    /** An extended WebP with EXIF, XMP and an unknown chunk. */
    static byte[] phoneWebp(int width, int height, int orientation) {
        return riff(
                vp8x(0x0C, width, height),
                webpChunk("VP8L", webpBitstream(width, height)),
                webpChunk("EXIF", exif(orientation)),
                webpChunk("XMP ", ascii(SECRET)),
                webpChunk("ABCD", ascii(SECRET)));
    }

    static byte[] animatedWebp(int width, int height) {
        byte[] bitstream = webpBitstream(width, height);
        byte[] head = {0, 0, 0, 0, 0, 0, (byte) (width - 1), 0, 0, (byte) (height - 1), 0, 0, 100, 0, 0, 0};
        byte[] frame = webpChunk("ANMF", join(head, webpChunk("VP8L", bitstream), webpChunk("ABCD", ascii(SECRET))));
        return riff(vp8x(0x02, width, height), webpChunk("ANIM", new byte[6]), frame, frame);
    }

    static byte[] vp8x(int flags, int width, int height) {
        byte[] data = {(byte) flags, 0, 0, 0, 0, 0, 0, 0, 0, 0};
        for (int i = 0; i < 3; i++) {
            data[4 + i] = (byte) ((width - 1) >> (8 * i));
            data[7 + i] = (byte) ((height - 1) >> (8 * i));
        }
        return webpChunk("VP8X", data);
    }

    /** The smallest lossy WebP: one pixel. */
    static byte[] lossyWebp() {
        return Base64.getDecoder().decode("UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA");
    }

    static byte[] webpChunk(String name, byte[] data) {
        return ByteBuffer.allocate(8 + data.length + (data.length & 1))
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(ascii(name))
                .putInt(data.length)
                .put(data)
                .array();
    }

    static byte[] riff(byte[]... chunks) {
        return webpChunk("RIFF", join(ascii("WEBP"), join(chunks)));
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static final class Bits {
        private final BitSet set = new BitSet();
        private int length;

        Bits put(int value, int count) {
            for (int i = 0; i < count; i++) {
                set.set(length++, ((value >> i) & 1) == 1);
            }
            return this;
        }

        byte[] bytes() {
            return Arrays.copyOf(set.toByteArray(), length / 8 + 1);
        }
    }
}
