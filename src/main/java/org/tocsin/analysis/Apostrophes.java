package org.tocsin.analysis;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Elision, words that keep their apostrophe, and the English possessive. */
final class Apostrophes {
    private static final String SIGNS = "'\u2019\u2018\u02bc\uff07\u201b";
    /** Before nouns, and before anything. */
    private static final Set<String> BEFORE_ALL = Set.of("l", "d", "qu", "jusqu", "quoiqu", "lorsqu", "puisqu");
    /** Before verbs and pronouns only. */
    private static final Set<String> BEFORE_VERBS = Set.of("j", "m", "t", "n", "s", "c");
    /** Words that are one with what stands before their apostrophe. */
    private static final Set<String> KEPT_BEGINNINGS = Set.of("aujourd", "presqu", "quelqu", "entr", "grand");
    /** Names whose particle belongs to them. */
    private static final Set<String> KEPT_WORDS = Set.of(
            "d'artagnan", "d'alembert", "d'estaing", "d'ormesson", "d'aubigne", "d'holbach", "d'annunzio", "d'avignon");

    private static final int MOST_ELISIONS = 3;

    private final Folding folding;
    private final String text;
    private final TokenSink sink;
    private final boolean whole;

    Apostrophes(Folding folding, String text, TokenSink sink, boolean whole) {
        this.folding = folding;
        this.text = text;
        this.sink = sink;
        this.whole = whole;
    }

    /** The form that others are glued to: what is looked up, as it was written, and where it starts. */
    record Form(String form, String exact, int start) {}

    /** @return where the word starts once its elided articles are taken off */
    int afterElision(int start, int end) {
        int from = start;
        for (int i = 0; i < MOST_ELISIONS; i++) {
            int sign = sign(from, end);
            if (sign < 0 || sign + 1 == end || !isElision(folding.fold(text, from, sign)) || isKept(from, end)) {
                break;
            }
            from = sign + 1;
        }
        return from;
    }

    private static boolean isElision(String folded) {
        return BEFORE_ALL.contains(folded) || BEFORE_VERBS.contains(folded);
    }

    private boolean isKept(int start, int end) {
        return end - start > 8 && KEPT_WORDS.contains(folding.fold(text, start, end));
    }

    private int sign(int start, int end) {
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (c == '\'' || (c > '\u02bb' && SIGNS.indexOf(c) >= 0)) {
                return i;
            }
        }
        return -1;
    }

    /**
     * Adds the forms of a word at the present position.
     *
     * @param ending a sign that belongs to the word, null for none
     * @return its first form
     */
    Form add(int start, int end, int flags, @Nullable String ending) {
        int from = afterElision(start, end);
        int more = flags;
        if (from > start) {
            more |= Token.ELIDED
                    | (BEFORE_VERBS.contains(folding.fold(text, start, sign(start, end))) ? Token.ELIDED_VERB : 0);
        }
        if (ending != null) {
            int all = end + ending.length();
            sink.word(folding.fold(text, from, all), from, all, more);
            more &= ~Token.PRIMARY;
        }
        int sign = sign(from, end);
        return sign < 0 ? one(from, end, more) : apart(from, end, sign, more);
    }

    /** Adds a word that has no apostrophe. */
    Form one(int start, int end, int flags) {
        String exact = Folding.composed(text.substring(start, end));
        String form = saint(folding.fold(exact, 0, exact.length()), end);
        sink.word(form, exact, start, end, flags);
        return new Form(form, exact, start);
    }

    /** {@code St} and {@code Ste} are how one writes Saint and Sainte. */
    private String saint(String form, int end) {
        // What a beginning ends with may go on; the parts before it are finished.
        boolean finished = whole || end < text.length();
        if (!finished || form.length() > 3 || !form.startsWith("st")) {
            return form;
        }
        return form.equals("st") ? "saint" : form.equals("ste") ? "sainte" : form;
    }

    private Form apart(int start, int end, int sign, int flags) {
        String exact = straight(Folding.composed(text.substring(start, end)));
        String all = folding.fold(text, start, end);
        boolean possessive = whole && end - sign == 2 && sign - start >= 2 && all.endsWith("'s");
        if (possessive) {
            Form bare = one(start, sign, flags);
            sink.word(all, exact, start, end, flags & ~Token.PRIMARY);
            return bare;
        }
        sink.word(all, exact, start, end, flags);
        String glued = all.replace("'", "");
        sink.word(glued, exact.replace("'", ""), start, end, flags & ~Token.PRIMARY);
        String beginning = folding.fold(text, start, sign);
        boolean kept = KEPT_BEGINNINGS.contains(beginning) || KEPT_WORDS.contains(all);
        if (kept && sign + 1 < end) {
            String rest = text.substring(sign + 1, end);
            String form = folding.fold(rest, 0, rest.length());
            sink.word(form, Folding.composed(rest), sign + 1, end, (flags & ~Token.PRIMARY) | Token.ELIDED);
        }
        return new Form(all, exact, start);
    }

    /** Which sign stands for the apostrophe is no part of how a word is written. */
    private static String straight(String text) {
        StringBuilder straight = new StringBuilder(text);
        for (int i = 0; i < text.length(); i++) {
            if (SIGNS.indexOf(text.charAt(i)) > 0) {
                straight.setCharAt(i, '\'');
            }
        }
        return straight.toString();
    }
}
