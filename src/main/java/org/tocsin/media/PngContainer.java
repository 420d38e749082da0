package org.tocsin.media;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;

/**
 * PNG and APNG (W3C PNG, third edition). Kept: the critical chunks, transparency, colour space, pixel density and the frames of an
 * animation. Text, time, EXIF and all unknown chunks are dropped unread, and nothing is inflated here.
 */
final class PngContainer implements Container {
    /** A compressed ICC profile beyond this is dropped. */
    private static final int MAX_ICC_BYTES = 512 << 10;

    private static final int MAX_EXIF_BYTES = 64 << 10;

    @Override
    public Outline copyClean(Path file, OutputStream clean) throws IOException {
        try (ByteSource in = new ByteSource(file)) {
            return new Walk(in, clean).walk();
        }
    }

    private static final class Walk {
        private final ByteSource in;
        private final OutputStream out;
        private int width;
        private int height;
        private int bitDepth;
        private int colourType;
        private int frames;
        private boolean transparency;
        private boolean pixels;
        private Orientation orientation = Orientation.UPRIGHT;

        Walk(ByteSource in, OutputStream out) {
            this.in = in;
            this.out = out;
        }

        Outline walk() throws IOException {
            in.copy(8, out);
            header();
            boolean more = true;
            while (more) {
                long length = in.u32();
                byte[] type = in.bytes(4);
                more = chunk(length, type);
            }
            if (!pixels) {
                throw Refusal.damaged();
            }
            boolean alpha = transparency || colourType >= 4;
            return new Outline(
                    MediaType.PNG, width, height, Math.max(1, frames), orientation, alpha, bitDepth == 16 ? 8 : 4);
        }

        private void header() throws IOException {
            long length = in.u32();
            byte[] type = in.bytes(4);
            if (length != 13 || !"IHDR".equals(name(type))) {
                throw Refusal.damaged();
            }
            byte[] data = in.bytes(13);
            Refusal.checkSize(u32(data, 0), u32(data, 4));
            width = (int) u32(data, 0);
            height = (int) u32(data, 4);
            bitDepth = data[8];
            colourType = data[9];
            boolean valid = switch (colourType) {
                case 0 -> bitDepth == 1 || bitDepth == 2 || bitDepth == 4 || bitDepth == 8 || bitDepth == 16;
                case 3 -> bitDepth == 1 || bitDepth == 2 || bitDepth == 4 || bitDepth == 8;
                case 2, 4, 6 -> bitDepth == 8 || bitDepth == 16;
                default -> false;
            };
            if (!valid || data[10] != 0 || data[11] != 0 || data[12] < 0 || data[12] > 1) {
                throw Refusal.damaged();
            }
            keep(type, data);
        }

        /** @return whether more chunks follow */
        private boolean chunk(long length, byte[] type) throws IOException {
            String name = name(type);
            switch (name) {
                case "IDAT", "fdAT" -> {
                    pixels = true;
                    stream(length, type);
                }
                case "IEND" -> {
                    keep(type, small(length, 0));
                    return false;
                }
                case "PLTE" -> keep(type, small(length, 768));
                case "tRNS" -> {
                    transparency = true;
                    keep(type, small(length, 256));
                }
                case "gAMA" -> keep(type, small(length, 4));
                case "cHRM" -> keep(type, small(length, 32));
                case "sRGB" -> keep(type, small(length, 1));
                case "pHYs" -> keep(type, small(length, 9));
                case "acTL" -> {
                    byte[] data = small(length, 8);
                    Refusal.checkFrames(data.length == 8 ? u32(data, 0) : 0);
                    keep(type, data);
                }
                case "fcTL" -> frame(type, small(length, 26));
                case "iCCP" -> {
                    if (length <= MAX_ICC_BYTES) {
                        stream(length, type);
                    } else {
                        in.skip(length + 4);
                    }
                }
                case "eXIf" -> exif(length);
                default -> {
                    if ((type[0] & 0x20) == 0) {
                        throw Refusal.damaged();
                    }
                    in.skip(length + 4);
                }
            }
            return true;
        }

        private void frame(byte[] type, byte[] data) throws IOException {
            if (data.length < 26 || u32(data, 4) + u32(data, 12) > width || u32(data, 8) + u32(data, 16) > height) {
                throw Refusal.damaged();
            }
            Refusal.checkFrames(++frames);
            keep(type, data);
        }

        private void exif(long length) throws IOException {
            if (length > MAX_EXIF_BYTES) {
                in.skip(length + 4);
                return;
            }
            orientation = Orientation.of(in.bytes((int) length));
            in.skip(4);
        }

        private byte[] small(long length, int most) throws IOException {
            if (length > most) {
                throw Refusal.damaged();
            }
            return in.bytes((int) length);
        }

        private void keep(byte[] type, byte[] data) throws IOException {
            CheckedOutputStream checked = begin(data.length, type);
            checked.write(data);
            end(checked);
        }

        private void stream(long length, byte[] type) throws IOException {
            CheckedOutputStream checked = begin(length, type);
            in.copy(length, checked);
            end(checked);
        }

        private CheckedOutputStream begin(long length, byte[] type) throws IOException {
            write(length);
            CheckedOutputStream checked = new CheckedOutputStream(out, new CRC32());
            checked.write(type);
            return checked;
        }

        private void end(CheckedOutputStream checked) throws IOException {
            long sum = in.u32();
            if (sum != checked.getChecksum().getValue()) {
                throw Refusal.damaged();
            }
            write(sum);
        }

        private void write(long value) throws IOException {
            out.write((int) (value >>> 24));
            out.write((int) (value >>> 16));
            out.write((int) (value >>> 8));
            out.write((int) value);
        }

        private static String name(byte[] type) {
            return new String(type, StandardCharsets.ISO_8859_1);
        }

        private static long u32(byte[] data, int at) {
            return (data[at] & 0xFFL) << 24
                    | (data[at + 1] & 0xFF) << 16
                    | (data[at + 2] & 0xFF) << 8
                    | (data[at + 3] & 0xFF);
        }
    }
}
