package org.tocsin.media;

import com.drew.lang.ByteArrayReader;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifDirectoryBase;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifReader;

/** How stored pixels are turned to be upright: the eight values of the EXIF tag 0x0112 (CIPA DC-008, 4.6.5), in its order. */
enum Orientation {
    UPRIGHT(false),
    MIRRORED(false),
    UPSIDE_DOWN(false),
    FLIPPED(false),
    TRANSPOSED(true),
    QUARTER_RIGHT(true),
    TRANSVERSED(true),
    QUARTER_LEFT(true);

    private final boolean swaps;

    Orientation(boolean swaps) {
        this.swaps = swaps;
    }

    /** @return whether width and height change places */
    boolean swaps() {
        return swaps;
    }

    /**
     * @param x      stored column
     * @param y      stored row
     * @param width  stored
     * @param height stored
     * @return the index of the pixel, row by row, in the upright image
     */
    int place(int x, int y, int width, int height) {
        return switch (this) {
            case UPRIGHT -> y * width + x;
            case MIRRORED -> y * width + (width - 1 - x);
            case UPSIDE_DOWN -> (height - 1 - y) * width + (width - 1 - x);
            case FLIPPED -> (height - 1 - y) * width + x;
            case TRANSPOSED -> x * height + y;
            case QUARTER_RIGHT -> x * height + (height - 1 - y);
            case TRANSVERSED -> (width - 1 - x) * height + (height - 1 - y);
            case QUARTER_LEFT -> (width - 1 - x) * height + y;
        };
    }

    /**
     * @param exif a TIFF structure, with or without the "Exif\0\0" that stands before it in JPEG; may be garbage
     * @return what it says; upright when it says nothing
     */
    static Orientation of(byte[] exif) {
        boolean prefixed = exif.length > 6 && exif[0] == 'E' && exif[1] == 'x' && exif[2] == 'i' && exif[3] == 'f';
        Metadata metadata = new Metadata();
        new ExifReader().extract(new ByteArrayReader(exif), metadata, prefixed ? 6 : 0);
        ExifIFD0Directory first = metadata.getFirstDirectoryOfType(ExifIFD0Directory.class);
        Integer value = first == null ? null : first.getInteger(ExifDirectoryBase.TAG_ORIENTATION);
        return value == null ? UPRIGHT : ofTag(value);
    }

    private static Orientation ofTag(int value) {
        return switch (value) {
            case 2 -> MIRRORED;
            case 3 -> UPSIDE_DOWN;
            case 4 -> FLIPPED;
            case 5 -> TRANSPOSED;
            case 6 -> QUARTER_RIGHT;
            case 7 -> TRANSVERSED;
            case 8 -> QUARTER_LEFT;
            default -> UPRIGHT;
        };
    }
}
