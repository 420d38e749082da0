package org.tocsin.media;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The colour profile of a JPEG file (ICC.1, annex B.4), carried over to the file that is made of it.
 *
 * @param segments the payloads of APP2, in their order; empty when there is none
 */
record IccProfile(List<byte[]> segments) {
    static final IccProfile NONE = new IccProfile(List.of());

    private static final int COLOUR_SPACE = 16;

    IccProfile {
        segments = List.copyOf(segments);
    }

    /**
     * @param cleaned a JPEG file as {@link JpegContainer} leaves it
     * @return its profile; none when it is not for RGB, since files are made in RGB
     */
    static IccProfile of(Path cleaned) throws IOException {
        List<byte[]> found = new ArrayList<>();
        try (ByteSource in = new ByteSource(cleaned)) {
            in.skip(3);
            int marker = in.u8();
            while (marker != 0xDA) {
                byte[] payload = in.bytes(in.u16() - 2);
                if (marker == 0xE2) {
                    found.add(payload);
                }
                in.skip(1);
                marker = in.u8();
            }
        }
        return !found.isEmpty() && isRgb(found.getFirst()) ? new IccProfile(found) : NONE;
    }

    private static boolean isRgb(byte[] first) {
        int at = JpegContainer.ICC.length + 2 + COLOUR_SPACE;
        return first.length > at + 3 && first[at] == 'R' && first[at + 1] == 'G' && first[at + 2] == 'B';
    }

    /**
     * Puts this profile after the JFIF header.
     *
     * @param jpeg a file as ImageIO writes it: SOI, JFIF, then the rest
     */
    void insertInto(Path jpeg) throws IOException {
        if (segments.isEmpty()) {
            return;
        }
        byte[] bytes = Files.readAllBytes(jpeg);
        int after = 4 + ((bytes[4] & 0xFF) << 8 | (bytes[5] & 0xFF));
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(jpeg))) {
            out.write(bytes, 0, after);
            for (byte[] segment : segments) {
                JpegContainer.segment(out, 0xE2, segment, segment.length);
            }
            out.write(bytes, after, bytes.length - after);
        }
    }
}
