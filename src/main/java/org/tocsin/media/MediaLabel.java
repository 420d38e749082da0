package org.tocsin.media;

import java.text.BreakIterator;
import java.util.Locale;

/**
 * The name that a person gave a file, made harmless to show. It is never used as a path: files are named by their hash.
 *
 * @param value 1 to 120 UTF-16 units, without control characters, separators of folders, or marks that turn the direction of text
 */
public record MediaLabel(String value) {
    private static final int MAX_LENGTH = 120;
    private static final String NAMELESS = "image";

    /**
     * @param raw as it came with the upload; may be anything
     * @return its last part, cleaned, cut between characters as people see them; {@code image} when nothing is left
     */
    public static MediaLabel of(String raw) {
        String name = raw.substring(Math.max(raw.lastIndexOf('/'), raw.lastIndexOf('\\')) + 1);
        StringBuilder kept = new StringBuilder();
        name.codePoints().filter(MediaLabel::harmless).forEach(kept::appendCodePoint);
        String label = cut(kept.toString().strip());
        boolean onlyDots = label.chars().allMatch(unit -> unit == '.');
        return new MediaLabel(onlyDots ? NAMELESS : label);
    }

    private static boolean harmless(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            // The joiner holds emoji together; the other format characters are invisible or turn text (UAX #9).
            case Character.FORMAT -> codePoint == 0x200D;
            default -> true;
        };
    }

    private static String cut(String label) {
        if (label.length() <= MAX_LENGTH) {
            return label;
        }
        BreakIterator characters = BreakIterator.getCharacterInstance(Locale.ROOT);
        characters.setText(label);
        return label.substring(0, characters.preceding(MAX_LENGTH + 1)).strip();
    }
}
