package org.tocsin.analysis;

import java.text.Normalizer;

/**
 * Makes equal what readers take for the same word: NFKC, case without a locale, accents and ligatures, the signs used as apostrophes.
 * Letters of other scripts keep the marks that tell words apart. Look-alikes of another script stay different.
 */
final class Folding {
    private static final int TABLE = 0x250;

    private final char[] simple;

    Folding() {
        this.simple = new char[TABLE];
        for (char c = 0; c < TABLE; c++) {
            String folded = slow(String.valueOf(c));
            simple[c] = folded.length() == 1 ? folded.charAt(0) : 0;
        }
    }

    /** @return the folded form of a piece of a text */
    String fold(String text, int start, int end) {
        char[] folded = new char[end - start];
        boolean same = true;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            char to = c < TABLE ? simple[c] : 0;
            if (to == 0) {
                return slow(text.substring(start, end));
            }
            same &= to == c;
            folded[i - start] = to;
        }
        return same && start == 0 && end == text.length() ? text : new String(folded);
    }

    private static String slow(String text) {
        String apart = Normalizer.normalize(text, Normalizer.Form.NFKD);
        StringBuilder folded = new StringBuilder(apart.length() + 2);
        for (int i = 0; i < apart.length(); ) {
            int point = apart.codePointAt(i);
            i += Character.charCount(point);
            if (isAccent(point)) {
                continue;
            }
            // Up and down again, since several small letters (the two sigmas, the dotless i) have one capital.
            int lower = Character.toLowerCase(Character.toUpperCase(point));
            String letters = letters(lower);
            if (letters.isEmpty()) {
                folded.appendCodePoint(lower);
            } else {
                folded.append(letters);
            }
        }
        return Normalizer.normalize(folded, Normalizer.Form.NFC);
    }

    private static boolean isAccent(int point) {
        return (point >= 0x300 && point <= 0x36f)
                || (point >= 0x1ab0 && point <= 0x1aff)
                || (point >= 0x1dc0 && point <= 0x1dff)
                || (point >= 0x20d0 && point <= 0x20ff)
                || (point >= 0xfe00 && point <= 0xfe0f)
                || (point >= 0xfe20 && point <= 0xfe2f);
    }

    /** Letters that Unicode does not take apart but readers do. */
    private static String letters(int point) {
        return switch (point) {
            case 'œ' -> "oe";
            case 'æ' -> "ae";
            case 'ß' -> "ss";
            case 'þ' -> "th";
            case 'ø' -> "o";
            case 'ł' -> "l";
            case 'đ', 'ð' -> "d";
            case 'ħ' -> "h";
            case 'ŧ' -> "t";
            case 'ı' -> "i";
            case '\u2018', '\u2019', '\u02bc', '\uff07', '\u201b' -> "'";
            default -> "";
        };
    }

    /** @return the composed form, in which exact comparison is made */
    static String composed(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= '\u0300') {
                return Normalizer.normalize(text, Normalizer.Form.NFC);
            }
        }
        return text;
    }
}
