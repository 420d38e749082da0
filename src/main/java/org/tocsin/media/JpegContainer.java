package org.tocsin.media;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * JPEG (ITU-T T.81, annex B). Kept: the coding tables and the scans bit by bit, JFIF without its thumbnail, Adobe's colour transform, an
 * ICC profile. What follows the end marker (a second picture, a film with its place) is not copied.
 */
final class JpegContainer implements Container {
    /** An ICC profile beyond this is dropped; printers' profiles have some 600 KB. */
    static final int MAX_ICC_BYTES = 4 << 20;
    /** Encoders write at most some 20; a file with thousands of tiny ones would be decoded for minutes. */
    private static final int MAX_SCANS = 40;

    private static final int SOI = 0xD8;
    private static final int EOI = 0xD9;
    private static final int SOS = 0xDA;
    private static final int APP0 = 0xE0;
    private static final int APP1 = 0xE1;
    private static final int APP2 = 0xE2;
    private static final int APP14 = 0xEE;
    private static final byte[] JFIF = ascii("JFIF\0");
    private static final byte[] EXIF = ascii("Exif\0\0");
    private static final byte[] ADOBE = ascii("Adobe");
    static final byte[] ICC = ascii("ICC_PROFILE\0");

    @Override
    public Outline copyClean(Path file, OutputStream clean) throws IOException {
        try (ByteSource in = new ByteSource(file)) {
            return new Walk(in, clean).walk();
        }
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static boolean starts(byte[] bytes, byte[] prefix) {
        return bytes.length >= prefix.length && Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
    }

    static void segment(OutputStream out, int marker, byte[] payload, int length) throws IOException {
        out.write(0xFF);
        out.write(marker);
        out.write((length + 2) >> 8);
        out.write(length + 2);
        out.write(payload, 0, length);
    }

    private static final class Walk {
        private final ByteSource in;
        private final OutputStream out;
        private int width;
        private int height;
        private int components;
        private int scans;
        private long iccBytes;
        private Orientation orientation = Orientation.UPRIGHT;
        private boolean oriented;

        Walk(ByteSource in, OutputStream out) {
            this.in = in;
            this.out = out;
        }

        Outline walk() throws IOException {
            in.skip(2);
            out.write(0xFF);
            out.write(SOI);
            int marker = nextMarker();
            while (marker != EOI) {
                byte[] payload = payload();
                if (marker == SOS) {
                    scan(payload);
                    marker = entropy();
                } else {
                    segment(marker, payload);
                    marker = nextMarker();
                }
            }
            if (scans == 0) {
                throw Refusal.damaged();
            }
            out.write(0xFF);
            out.write(EOI);
            return new Outline(MediaType.JPEG, width, height, 1, orientation, false, components);
        }

        private void segment(int marker, byte[] payload) throws IOException {
            switch (marker) {
                case 0xC0, 0xC1, 0xC2 -> frame(marker, payload);
                case 0xC4, 0xDB, 0xDD -> JpegContainer.segment(out, marker, payload, payload.length);
                case APP0 -> jfif(payload);
                case APP1 -> exif(payload);
                case APP2 -> icc(payload);
                case APP14 -> {
                    if (starts(payload, ADOBE) && payload.length >= 12) {
                        JpegContainer.segment(out, marker, payload, 12);
                    }
                }
                case 0xC3, 0xC5, 0xC6, 0xC7, 0xC8, 0xC9, 0xCA, 0xCB, 0xCC, 0xCD, 0xCE, 0xCF ->
                    throw Refusal.of("media.jpeg.coding");
                default -> {
                    if (marker < 0xE0) {
                        throw Refusal.damaged();
                    }
                }
            }
        }

        /** A start of frame. Only one: a second could claim another size after the first was checked. */
        private void frame(int marker, byte[] payload) throws IOException {
            if (components != 0 || payload.length < 6) {
                throw Refusal.damaged();
            }
            height = (payload[1] & 0xFF) << 8 | (payload[2] & 0xFF);
            width = (payload[3] & 0xFF) << 8 | (payload[4] & 0xFF);
            components = payload[5] & 0xFF;
            Refusal.checkSize(width, height);
            if (payload[0] != 8) {
                throw Refusal.of("media.jpeg.coding");
            }
            if (components == 4) {
                throw Refusal.of("media.jpeg.cmyk");
            }
            if (components != 1 && components != 3) {
                throw Refusal.damaged();
            }
            JpegContainer.segment(out, marker, payload, payload.length);
        }

        private void scan(byte[] payload) throws IOException {
            if (components == 0) {
                throw Refusal.damaged();
            }
            if (++scans > MAX_SCANS) {
                throw Refusal.over("media.jpeg.scans", MAX_SCANS, scans);
            }
            JpegContainer.segment(out, SOS, payload, payload.length);
        }

        private void jfif(byte[] payload) throws IOException {
            if (starts(payload, JFIF) && payload.length >= 14) {
                payload[12] = 0;
                payload[13] = 0;
                JpegContainer.segment(out, APP0, payload, 14);
            }
        }

        private void exif(byte[] payload) {
            if (!oriented && starts(payload, EXIF)) {
                oriented = true;
                orientation = Orientation.of(payload);
            }
        }

        private void icc(byte[] payload) throws IOException {
            iccBytes += payload.length;
            if (starts(payload, ICC) && iccBytes <= MAX_ICC_BYTES) {
                JpegContainer.segment(out, APP2, payload, payload.length);
            }
        }

        /** Copies entropy-coded data with its restart markers; in it 0xFF is followed by 0. */
        private int entropy() throws IOException {
            while (true) {
                int value = in.u8();
                if (value != 0xFF) {
                    out.write(value);
                    continue;
                }
                int next = in.u8();
                while (next == 0xFF) {
                    next = in.u8();
                }
                if (next != 0 && (next < 0xD0 || next > 0xD7)) {
                    return next;
                }
                out.write(0xFF);
                out.write(next);
            }
        }

        private int nextMarker() throws IOException {
            int marker = 0;
            while (marker == 0) {
                while (in.u8() != 0xFF) {
                    // Stray bytes between segments are skipped, as decoders do.
                }
                marker = in.u8();
                while (marker == 0xFF) {
                    marker = in.u8();
                }
            }
            return marker;
        }

        private byte[] payload() throws IOException {
            int length = in.u16();
            if (length < 2) {
                throw Refusal.damaged();
            }
            return in.bytes(length - 2);
        }
    }
}
