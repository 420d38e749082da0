package org.tocsin.analysis;

import java.util.ArrayList;
import java.util.List;

/** Collects tokens at the position that the reading has reached. */
final class TokenSink {
    private final Cleaned cleaned;
    private final List<Token> tokens;
    private int position;

    TokenSink(Cleaned cleaned) {
        this.cleaned = cleaned;
        this.tokens = new ArrayList<>();
    }

    int position() {
        return position;
    }

    void advance(int positions) {
        position += positions;
    }

    /** Gives up the tokens in order of position; those that were added after others that follow them are put in their place. */
    List<Token> tokens() {
        for (int i = 1; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            int at = i;
            // A glued form is late by the parts that it spans, of which there are few.
            while (at > 0 && tokens.get(at - 1).position() > token.position()) {
                tokens.set(at, tokens.get(at - 1));
                at--;
            }
            tokens.set(at, token);
        }
        return tokens;
    }

    void add(Token.Kind kind, String form, int length, Entity entity, int flags) {
        if (form.length() > Analysis.LONGEST_TOKEN) {
            return;
        }
        String exact = Folding.composed(cleaned.text().substring(entity.start() + 1, entity.end()));
        put(kind, form, exact, position, length, entity.start(), entity.end(), flags);
    }

    void word(String form, int start, int end, int flags) {
        word(form, Folding.composed(cleaned.text().substring(start, end)), start, end, flags);
    }

    void word(String form, String exact, int start, int end, int flags) {
        if (!form.isEmpty() && form.length() <= Analysis.LONGEST_TOKEN) {
            put(Token.Kind.WORD, form, exact, position, 1, start, end, flags | capitals(exact));
        }
    }

    /** A form that spans {@code length} positions from the present one. */
    void glued(String form, String exact, int length, int start, int end, int flags) {
        put(Token.Kind.WORD, form, exact, position, length, start, end, flags | capitals(exact));
    }

    /** A form of {@code length} positions that began at {@code from}. */
    void earlier(int from, String form, String exact, int length, int start, int end, int flags) {
        if (form.length() <= Analysis.LONGEST_TOKEN) {
            put(Token.Kind.WORD, form, exact, from, length, start, end, flags | capitals(exact));
        }
    }

    private void put(Token.Kind kind, String form, String exact, int at, int length, int start, int end, int flags) {
        tokens.add(new Token(kind, form, exact, at, length, cleaned.start(start), cleaned.end(end), flags));
    }

    private static int capitals(String exact) {
        boolean upper = false;
        for (int i = 0; i < exact.length(); i++) {
            char c = exact.charAt(i);
            if (c >= 'a' && c <= 'z') {
                return 0;
            }
            if (c > 'z' && Character.isLowerCase(c)) {
                return 0;
            }
            upper |= Character.isUpperCase(c);
        }
        return upper ? Token.CAPITALS : 0;
    }
}
