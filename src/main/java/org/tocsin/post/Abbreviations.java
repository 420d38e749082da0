package org.tocsin.post;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Words that end with a full stop without ending a sentence, or that belong to the word after them; French and English. */
final class Abbreviations {
    private static final Set<String> TIED = Set.of(
            "mme", "mmes", "mlle", "mlles", "mgr", "dr", "pr", "st", "ste", "n°", "h", "mm.", "art.", "al.", "p.",
            "pp.", "cf.", "ex.", "env.", "av.", "bd.", "tél.", "vol.", "éd.", "chap.", "fig.", "dr.", "pr.", "mr.",
            "mrs.", "ms.", "prof.", "st.", "vs.", "no.", "e.g.", "i.e.", "jr.", "sr.", "gen.", "sen.", "rep.");
    /** {@code M.}, {@code J.-P.}, {@code U.S.} */
    private static final Pattern INITIALS = Pattern.compile("(?:\\p{Lu}\\.-?)++");

    private Abbreviations() {}

    /**
     * @param text any text
     * @param end  index after a word
     * @return whether the word is better not parted from the next one
     */
    static boolean ends(String text, int end) {
        int start = end;
        while (start > 0 && end - start < 8 && !opens(text.charAt(start - 1))) {
            start--;
        }
        String word = text.substring(start, end);
        return TIED.contains(word.toLowerCase(Locale.ROOT))
                || INITIALS.matcher(word).matches()
                || numeral(text, start, end);
    }

    private static boolean opens(char c) {
        return Spaces.space(c) || "'’(«“\"[".indexOf(c) >= 0;
    }

    /** {@code 1.} at the start of a line, as in a list. */
    private static boolean numeral(String text, int start, int end) {
        int i = start;
        while (i < end && Character.isDigit(text.charAt(i))) {
            i++;
        }
        return i > start && i == end - 1 && text.charAt(i) == '.' && (start == 0 || text.charAt(start - 1) == '\n');
    }
}
