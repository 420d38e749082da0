package org.tocsin.media;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** GIF (GIF89a specification). Kept: the frames, their timing and NETSCAPE's loop; comments, text and application data are dropped. */
final class GifContainer implements Container {
    private static final int IMAGE = 0x2C;
    private static final int EXTENSION = 0x21;
    private static final int TRAILER = 0x3B;
    private static final int CONTROL = 0xF9;
    private static final int APPLICATION = 0xFF;
    private static final int PLAIN_TEXT = 0x01;

    @Override
    public Outline copyClean(Path file, OutputStream clean) throws IOException {
        try (ByteSource in = new ByteSource(file)) {
            return new Walk(in, clean).walk();
        }
    }

    private static final class Walk {
        private final ByteSource in;
        private final OutputStream out;
        private final ByteArrayOutputStream control = new ByteArrayOutputStream();
        private int width;
        private int height;
        private int frames;

        Walk(ByteSource in, OutputStream out) {
            this.in = in;
            this.out = out;
        }

        Outline walk() throws IOException {
            in.copy(6, out);
            byte[] screen = in.bytes(7);
            width = u16(screen, 0);
            height = u16(screen, 2);
            if (width > 0 && height > 0) {
                Refusal.checkSize(width, height);
            }
            out.write(screen);
            colours(screen[4]);
            int block = in.u8();
            while (block != TRAILER) {
                switch (block) {
                    case IMAGE -> image();
                    case EXTENSION -> extension();
                    default -> throw Refusal.damaged();
                }
                block = in.u8();
            }
            if (frames == 0) {
                throw Refusal.damaged();
            }
            out.write(TRAILER);
            return new Outline(MediaType.GIF, width, height, frames, Orientation.UPRIGHT, true, 1);
        }

        private void image() throws IOException {
            Refusal.checkFrames(++frames);
            byte[] descriptor = in.bytes(9);
            // A frame may be larger than the screen that the header announced, and it is the frame that is decoded.
            width = Math.max(width, u16(descriptor, 0) + u16(descriptor, 4));
            height = Math.max(height, u16(descriptor, 2) + u16(descriptor, 6));
            Refusal.checkSize(u16(descriptor, 4), u16(descriptor, 6));
            Refusal.checkSize(width, height);
            out.write(control.toByteArray());
            control.reset();
            out.write(IMAGE);
            out.write(descriptor);
            colours(descriptor[8]);
            out.write(in.u8());
            blocks(out);
        }

        private void extension() throws IOException {
            int label = in.u8();
            switch (label) {
                case CONTROL -> control();
                case APPLICATION -> application();
                case PLAIN_TEXT -> {
                    control.reset();
                    blocks(OutputStream.nullOutputStream());
                }
                default -> blocks(OutputStream.nullOutputStream());
            }
        }

        /** Held back until its image comes; one that belongs to a dropped block is dropped with it. */
        private void control() throws IOException {
            int length = in.u8();
            byte[] data = in.bytes(length);
            if (length != 0) {
                blocks(OutputStream.nullOutputStream());
            }
            if (length == 4) {
                control.reset();
                control.write(EXTENSION);
                control.write(CONTROL);
                control.write(4);
                control.write(data, 0, 4);
                control.write(0);
            }
        }

        private void application() throws IOException {
            int length = in.u8();
            byte[] name = in.bytes(length);
            if (length == 0) {
                return;
            }
            if (!"NETSCAPE2.0".equals(new String(name, StandardCharsets.ISO_8859_1))) {
                blocks(OutputStream.nullOutputStream());
                return;
            }
            int size = in.u8();
            byte[] loop = in.bytes(size);
            if (size != 0) {
                blocks(OutputStream.nullOutputStream());
            }
            if (size == 3 && loop[0] == 1) {
                out.write(EXTENSION);
                out.write(APPLICATION);
                out.write(11);
                out.write(name);
                out.write(3);
                out.write(loop);
                out.write(0);
            }
        }

        private void colours(int packed) throws IOException {
            if ((packed & 0x80) != 0) {
                in.copy(3L << ((packed & 7) + 1), out);
            }
        }

        private void blocks(OutputStream to) throws IOException {
            int length = in.u8();
            while (length != 0) {
                to.write(length);
                in.copy(length, to);
                length = in.u8();
            }
            to.write(0);
        }

        private static int u16(byte[] data, int at) {
            return (data[at] & 0xFF) | (data[at + 1] & 0xFF) << 8;
        }
    }
}
