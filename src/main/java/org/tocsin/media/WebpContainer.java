package org.tocsin.media;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * WebP (RFC 9649). Kept: the bitstreams, transparency, animation and colour profile; EXIF, XMP and unknown chunks are dropped and the
 * sizes and flags made to agree. The size that the container claims must be that of the bitstream, which is what is decoded.
 */
final class WebpContainer implements Container {
    /** Lossless and transparent files are decoded whole, four bytes a pixel: 64 MB. */
    private static final long MAX_WHOLE_PIXELS = 16_000_000;

    private static final int MAX_SMALL_BYTES = 64 << 10;
    private static final int MAX_CHUNKS = 10_000;
    private static final int FLAG_ICC = 0x20;
    private static final int FLAG_ALPHA = 0x10;
    private static final int FLAGS_EXIF_XMP = 0x0C;

    @Override
    public Outline copyClean(Path file, OutputStream clean) throws IOException {
        try (FileChannel in = FileChannel.open(file)) {
            return new Walk(in).walk(clean);
        }
    }

    /** What is written: bytes of its own, then a range of the file. */
    private record Piece(byte[] head, long from, long length) {
        long size() {
            return head.length + length;
        }
    }

    private static final class Walk {
        private final FileChannel in;
        private final List<Piece> pieces = new ArrayList<>();
        private int chunks;
        private int frames;
        private int stills;
        private long canvasWidth;
        private long canvasHeight;
        private long width;
        private long height;
        private boolean alpha;
        private boolean lossless;
        private boolean icc;
        private byte[] extended = {};
        private Orientation orientation = Orientation.UPRIGHT;

        Walk(FileChannel in) {
            this.in = in;
        }

        Outline walk(OutputStream out) throws IOException {
            long end = 8 + (read(4, 4).getInt() & 0xFFFFFFFFL);
            if (end > in.size()) {
                throw new EOFException();
            }
            long at = 12;
            while (at + 8 <= end) {
                at = chunk(at, end, false);
            }
            if (stills + frames == 0 || stills > 1 || (stills == 1 && frames > 0)) {
                throw Refusal.damaged();
            }
            if (extended.length == 0) {
                canvasWidth = width;
                canvasHeight = height;
            } else {
                extended[8] = (byte) (extended[8] & ~FLAGS_EXIF_XMP & (icc ? ~0 : ~FLAG_ICC));
            }
            boolean fits = frames > 0 || (width == canvasWidth && height == canvasHeight);
            if (!fits) {
                throw Refusal.damaged();
            }
            long pixels = canvasWidth * canvasHeight;
            if ((lossless || alpha) && pixels > MAX_WHOLE_PIXELS) {
                throw Refusal.over("media.webp.large", MAX_WHOLE_PIXELS, pixels);
            }
            write(out);
            boolean turnable = frames <= 1;
            return new Outline(
                    MediaType.WEBP,
                    (int) canvasWidth,
                    (int) canvasHeight,
                    Math.max(1, frames),
                    turnable ? orientation : Orientation.UPRIGHT,
                    alpha,
                    4);
        }

        /** @return where the next chunk begins */
        private long chunk(long at, long end, boolean inFrame) throws IOException {
            if (++chunks > MAX_CHUNKS) {
                throw Refusal.damaged();
            }
            String name = StandardCharsets.ISO_8859_1.decode(read(at, 4)).toString();
            long length = read(at + 4, 4).getInt() & 0xFFFFFFFFL;
            long next = at + 8 + length + (length & 1);
            if (at + 8 + length > end) {
                throw new EOFException();
            }
            switch (name) {
                case "VP8 " -> lossy(at, length, inFrame);
                case "VP8L" -> lossless(at, length, inFrame);
                case "ALPH" -> {
                    alpha = true;
                    keep(at, length);
                }
                case "VP8X" -> extended(at, length, inFrame);
                case "ICCP" -> {
                    icc = !inFrame && length <= JpegContainer.MAX_ICC_BYTES;
                    if (icc) {
                        keep(at, length);
                    }
                }
                case "ANIM" -> keep(at, length);
                case "ANMF" -> frame(at, length, inFrame);
                case "EXIF" -> {
                    if (length <= MAX_SMALL_BYTES) {
                        byte[] exif = new byte[(int) length];
                        read(at + 8, (int) length).get(exif);
                        orientation = Orientation.of(exif);
                    }
                }
                default -> {
                    // XMP and whatever else is not pixels.
                }
            }
            return next;
        }

        private void extended(long at, long length, boolean inFrame) throws IOException {
            if (length != 10 || inFrame || extended.length != 0 || !pieces.isEmpty()) {
                throw Refusal.damaged();
            }
            extended = new byte[18];
            read(at, 18).get(extended);
            alpha = (extended[8] & FLAG_ALPHA) != 0;
            canvasWidth = 1 + u24(extended, 12);
            canvasHeight = 1 + u24(extended, 15);
            Refusal.checkSize(canvasWidth, canvasHeight);
            pieces.add(new Piece(extended, 0, 0));
        }

        /** A key frame's header: RFC 6386, 9.1. */
        private void lossy(long at, long length, boolean inFrame) throws IOException {
            if (length < 10) {
                throw Refusal.damaged();
            }
            ByteBuffer head = read(at + 8, 10);
            boolean key =
                    (head.get(0) & 1) == 0 && head.get(3) == (byte) 0x9D && head.get(4) == 1 && head.get(5) == 0x2A;
            if (!key) {
                throw Refusal.damaged();
            }
            image(head.getShort(6) & 0x3FFF, head.getShort(8) & 0x3FFF, inFrame);
            keep(at, length);
        }

        /** RFC 9649, 3.4: signature, 14 bits each of width − 1 and height − 1, one of transparency. */
        private void lossless(long at, long length, boolean inFrame) throws IOException {
            if (length < 5) {
                throw Refusal.damaged();
            }
            ByteBuffer head = read(at + 8, 5);
            int bits = head.getInt(1);
            if (head.get(0) != 0x2F) {
                throw Refusal.damaged();
            }
            lossless = true;
            alpha |= (bits >>> 28 & 1) != 0;
            image(1 + (bits & 0x3FFF), 1 + (bits >>> 14 & 0x3FFF), inFrame);
            keep(at, length);
        }

        private void image(long imageWidth, long imageHeight, boolean inFrame) {
            Refusal.checkSize(imageWidth, imageHeight);
            width = imageWidth;
            height = imageHeight;
            stills += inFrame ? 0 : 1;
        }

        private void frame(long at, long length, boolean inFrame) throws IOException {
            if (inFrame || length < 16) {
                throw Refusal.damaged();
            }
            Refusal.checkFrames(++frames);
            byte[] head = new byte[24];
            read(at, 24).get(head);
            long frameWidth = 1 + u24(head, 14);
            long frameHeight = 1 + u24(head, 17);
            if (2 * u24(head, 8) + frameWidth > canvasWidth || 2 * u24(head, 11) + frameHeight > canvasHeight) {
                throw Refusal.damaged();
            }
            int place = pieces.size();
            width = 0;
            long inner = at + 24;
            while (inner + 8 <= at + 8 + length) {
                inner = chunk(inner, at + 8 + length, true);
            }
            if (width != frameWidth || height != frameHeight) {
                throw Refusal.damaged();
            }
            long size = 16;
            for (Piece piece : pieces.subList(place, pieces.size())) {
                size += piece.size();
            }
            ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).putInt(4, (int) size);
            pieces.add(place, new Piece(head, 0, 0));
        }

        private void keep(long at, long length) {
            pieces.add(new Piece(new byte[0], at, 8 + length));
            if ((length & 1) != 0) {
                pieces.add(new Piece(new byte[1], 0, 0));
            }
        }

        private void write(OutputStream out) throws IOException {
            long size = 4;
            for (Piece piece : pieces) {
                size += piece.size();
            }
            ByteBuffer head = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
            head.put(JpegContainer.ascii("RIFF")).putInt((int) size).put(JpegContainer.ascii("WEBP"));
            out.write(head.array());
            for (Piece piece : pieces) {
                out.write(piece.head());
                long from = piece.from();
                long to = from + piece.length();
                while (from < to) {
                    int part = (int) Math.min(1 << 16, to - from);
                    out.write(read(from, part).array(), 0, part);
                    from += part;
                }
            }
        }

        private ByteBuffer read(long from, int count) throws IOException {
            ByteBuffer buffer = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
            while (buffer.hasRemaining()) {
                if (in.read(buffer, from + buffer.position()) < 0) {
                    throw new EOFException();
                }
            }
            return buffer.flip();
        }

        private static long u24(byte[] data, int at) {
            return (data[at] & 0xFF) | (data[at + 1] & 0xFF) << 8 | (data[at + 2] & 0xFF) << 16;
        }
    }
}
