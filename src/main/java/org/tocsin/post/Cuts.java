package org.tocsin.post;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;

/**
 * The places at which one text may be cut, by how little the cut is felt. Never inside a grapheme cluster or an entity, nor beside a
 * no-break space; an ordinary space that typography would have as a no-break one ({@code mot !}, {@code 20 h}, {@code M. Dupont}) is used
 * only where words do not do.
 */
final class Cuts {
    private static final String CLOSES = "!?;:»›)]}%‰€£°…”";
    private static final String OPENS = "«‹“„([{¿¡";
    private static final String ENDS = ".!?…";
    private static final String AFTER_END = "»›”\"’')]";
    private static final String IDEOGRAPHIC_ENDS = "。！？｡";

    private final String text;
    private final BitSet insideEntities;
    private final BitSet boundaries;
    private final Locale locale;
    private final BitSet sentences;

    Cuts(String text, Locale locale) {
        this.text = text;
        this.insideEntities = new BitSet(text.length());
        TextEntities.find(text).forEach(entity -> insideEntities.set(entity.start() + 1, entity.end()));
        this.boundaries = Graphemes.boundaries(text);
        this.locale = locale;
        this.sentences = breaks(BreakIterator.getSentenceInstance(locale), text);
    }

    /** From the cut that is felt least to the one that is felt most. */
    enum Level {
        PARAGRAPH,
        LINE,
        SENTENCE,
        WORD,
        /** A space that should have been a no-break one. */
        SPACE,
        /** Inside a word: after a hyphen, between ideographs. */
        INSIDE
    }

    /** What lies between {@code from} and {@code to} is white space, and left out when the text is cut here. */
    record Cut(int from, int to, Level level) {}

    /** @return all cuts between words or coarser, in order */
    List<Cut> betweenWords() {
        List<Cut> cuts = new ArrayList<>();
        int i = 0;
        while (i < text.length()) {
            if (Spaces.space(text.charAt(i))) {
                int end = Spaces.skip(text, i);
                addSpace(cuts, i, end);
                i = end;
            } else {
                i++;
                if (IDEOGRAPHIC_ENDS.indexOf(text.charAt(i - 1)) >= 0
                        && i < text.length()
                        && !Spaces.space(text.charAt(i))
                        && boundaries.get(i)
                        && sentences.get(i)) {
                    cuts.add(new Cut(i, i, Level.SENTENCE));
                }
            }
        }
        return cuts;
    }

    private void addSpace(List<Cut> cuts, int from, int to) {
        int lineEnds = 0;
        boolean noBreak = false;
        for (int i = from; i < to; i++) {
            lineEnds += Spaces.lineEnds(text.charAt(i));
            noBreak |= Spaces.noBreak(text.charAt(i));
        }
        boolean possible = from > 0
                && to < text.length()
                && boundaries.get(from)
                && boundaries.get(to)
                && (lineEnds > 0 || !noBreak);
        if (possible) {
            cuts.add(new Cut(from, to, lineEnds > 1 ? Level.PARAGRAPH : lineEnds == 1 ? Level.LINE : level(from, to)));
        }
    }

    private Level level(int from, int to) {
        if (tied(from, to)) {
            return Level.SPACE;
        }
        return sentences.get(to) || closedSentence(from, to) ? Level.SENTENCE : Level.WORD;
    }

    /** The iterator of the JDK does not see the end in {@code « Oui ! » Puis}, nor after an ellipsis. */
    private boolean closedSentence(int from, int to) {
        int i = from;
        while (i > 0 && (AFTER_END.indexOf(text.charAt(i - 1)) >= 0 || Spaces.noBreak(text.charAt(i - 1)))) {
            i--;
        }
        return i > 0
                && ENDS.indexOf(text.charAt(i - 1)) >= 0
                && (Character.isUpperCase(text.codePointAt(to)) || OPENS.indexOf(text.charAt(to)) >= 0);
    }

    private boolean tied(int from, int to) {
        if (CLOSES.indexOf(text.charAt(to)) >= 0
                || OPENS.indexOf(text.charAt(from - 1)) >= 0
                || Abbreviations.ends(text, from)) {
            return true;
        }
        return Character.isDigit(text.charAt(from - 1)) && (Character.isDigit(text.charAt(to)) || shortWord(to));
    }

    /** A unit, as in {@code 20 h} and {@code 5 km}. */
    private boolean shortWord(int from) {
        int i = from;
        while (i < text.length() && i - from < 4 && Character.isLetter(text.charAt(i))) {
            i++;
        }
        return i > from && i - from < 4;
    }

    /** @return where a range without cuts between words can be cut, in order; an e-mail address is never cut */
    List<Cut> inside(int from, int to) {
        if (text.substring(from, to).indexOf('@') >= 0) {
            return List.of();
        }
        BitSet breaks = breaks(BreakIterator.getLineInstance(locale), text.substring(from, to));
        List<Cut> cuts = new ArrayList<>();
        for (int i = from + 1; i < to; i++) {
            if (boundaries.get(i) && (breaks.get(i - from) || besideSign(i)) && !held(i)) {
                cuts.add(new Cut(i, i, Level.INSIDE));
            }
        }
        return cuts;
    }

    /** Beside emoji and ideographs, which need no space. */
    private boolean besideSign(int at) {
        return sign(text.codePointBefore(at)) || sign(text.codePointAt(at));
    }

    private static boolean sign(int codePoint) {
        return Character.isIdeographic(codePoint)
                || Character.isEmojiPresentation(codePoint)
                || Character.isExtendedPictographic(codePoint);
    }

    private boolean held(int at) {
        char before = text.charAt(at - 1);
        char after = text.charAt(at);
        return glue(before)
                || glue(after)
                || "#/.,:;_=&?%+".indexOf(before) >= 0
                || "#/".indexOf(after) >= 0
                || CLOSES.indexOf(after) >= 0
                || OPENS.indexOf(before) >= 0
                || ".,".indexOf(after) >= 0
                || text.regionMatches(true, at, "http", 0, 4)
                || insideEntities.get(at);
    }

    private static boolean glue(char c) {
        return Spaces.noBreak(c) || c == 0x2060 || c == 0xFEFF || c == 0x2011;
    }

    private static BitSet breaks(BreakIterator iterator, String text) {
        iterator.setText(text);
        BitSet breaks = new BitSet(text.length() + 1);
        for (int at = iterator.first(); at != BreakIterator.DONE; at = iterator.next()) {
            breaks.set(at);
        }
        return breaks;
    }
}
