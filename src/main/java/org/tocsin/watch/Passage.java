package org.tocsin.watch;

import java.util.List;
import org.tocsin.analysis.Token;
import org.tocsin.analysis.Tokens;

/**
 * The tokens of one or two texts in one space of positions, found by form and by position. Between the two lies a gap wider than any
 * distance that a watch can ask for.
 */
final class Passage {
    private static final int GAP = QueryLimits.DISTANCE + 2;

    private final Token[] tokens;
    private final int[] at;
    /** By hash of form and kind: one more than the index of the first token of the form. */
    private final int[] heads;
    /** One more than the index of the next token of the same form; 0 for none. */
    private final int[] next;
    /** By position: the index of the first token there or after it. */
    private final int[] firsts;

    private final int second;

    private Passage(Token[] tokens, int[] at, int[] heads, int[] next, int[] firsts, int second) {
        this.tokens = tokens;
        this.at = at;
        this.heads = heads;
        this.next = next;
        this.firsts = firsts;
        this.second = second;
    }

    static Passage of(Tokens text) {
        return of(List.of(), 0, text);
    }

    static Passage of(Tokens title, Tokens text) {
        return of(title.tokens(), title.positions() + GAP, text);
    }

    private static Passage of(List<Token> title, int second, Tokens text) {
        int size = title.size() + text.tokens().size();
        Token[] tokens = new Token[size];
        int[] at = new int[size];
        int[] firsts = new int[second + text.positions() + 1];
        int filled = 0;
        int n = 0;
        for (int i = 0; i < size; i++) {
            boolean first = i < title.size();
            Token token = first ? title.get(i) : text.tokens().get(i - title.size());
            tokens[n] = token;
            at[n] = first ? token.position() : token.position() + second;
            while (filled <= at[n]) {
                firsts[filled++] = n;
            }
            n++;
        }
        while (filled < firsts.length) {
            firsts[filled++] = size;
        }
        int[] heads = new int[Integer.highestOneBit(Math.max(2, size * 2 - 1)) << 1];
        int[] next = new int[size];
        for (int i = size - 1; i >= 0; i--) {
            int slot = slot(heads, tokens, tokens[i].kind(), tokens[i].form());
            next[i] = heads[slot];
            heads[slot] = i + 1;
        }
        return new Passage(tokens, at, heads, next, firsts, second);
    }

    private static int slot(int[] heads, Token[] tokens, Token.Kind kind, String form) {
        int mask = heads.length - 1;
        int hash = form.hashCode() * 0x9E3779B1;
        int slot = (hash ^ (hash >>> 15)) & mask;
        while (heads[slot] != 0) {
            Token head = tokens[heads[slot] - 1];
            if (head.kind() == kind && head.form().equals(form)) {
                break;
            }
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    int size() {
        return tokens.length;
    }

    Token token(int index) {
        return tokens[index];
    }

    /** @return the position of a token in this space */
    int start(int index) {
        return at[index];
    }

    /** @return the position after a token */
    int end(int index) {
        return at[index] + tokens[index].length();
    }

    /** @return where the second text begins; 0 where there is but one */
    int second() {
        return second;
    }

    /** @return the index of the first token of a form, -1 where there is none */
    int first(Token.Kind kind, String form) {
        return heads[slot(heads, tokens, kind, form)] - 1;
    }

    /** @return the index of the next token of the same form, -1 where there is none */
    int next(int index) {
        return next[index] - 1;
    }

    /** @return whether no token before this one has its form */
    boolean isFirst(int index) {
        Token token = tokens[index];
        return heads[slot(heads, tokens, token.kind(), token.form())] == index + 1;
    }

    /** @return the index of the first token at a position; it may be {@link #size}, and the token there may stand later */
    int at(int position) {
        return position < firsts.length ? firsts[position] : tokens.length;
    }
}
