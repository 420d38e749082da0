package org.tocsin.post;

/**
 * Translates UTF-16 indices of one text into offsets of its UTF-8 form, which AT Protocol facets are measured in. A lone surrogate counts
 * one byte, as {@link String#getBytes} writes it.
 */
public final class Utf8Offsets {
    private final int[] offsets;

    /** @param text the text whose indices are translated */
    public Utf8Offsets(String text) {
        this.offsets = offsets(text);
    }

    /**
     * @param index a UTF-16 index, from 0 to the length of the text
     * @return the number of UTF-8 bytes before it
     * @throws IllegalArgumentException inside a surrogate pair, which has no place in UTF-8
     */
    public int at(int index) {
        int offset = offsets[index];
        if (offset < 0) {
            throw new IllegalArgumentException("index " + index + " is inside a surrogate pair");
        }
        return offset;
    }

    private static int[] offsets(String text) {
        int[] offsets = new int[text.length() + 1];
        int bytes = 0;
        for (int i = 0; i < text.length(); ) {
            offsets[i] = bytes;
            int codePoint = text.codePointAt(i);
            int units = Character.charCount(codePoint);
            if (units == 2) {
                offsets[i + 1] = -1;
            }
            bytes += width(codePoint);
            i += units;
        }
        offsets[text.length()] = bytes;
        return offsets;
    }

    private static int width(int codePoint) {
        if (codePoint < 0x80 || (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE)) {
            return 1;
        }
        if (codePoint < 0x800) {
            return 2;
        }
        return codePoint < 0x10000 ? 3 : 4;
    }
}
