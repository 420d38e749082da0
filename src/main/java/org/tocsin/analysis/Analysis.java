package org.tocsin.analysis;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads the words of a text. The same text always gives the same tokens, whatever the language, the locale or the machine; whoever stores
 * tokens stores {@link #VERSION} with them. Safe for use by several threads. The conformance table in the tests is its definition.
 */
public final class Analysis {
    /** Grows whenever some text gives other tokens than before. */
    public static final int VERSION = 2;
    /** Characters of a text that are read; the store cuts at 100 KB before. */
    public static final int LONGEST = 200_000;
    /** Characters of the longest word that is kept; the limit of Lucene's scanner. */
    public static final int LONGEST_TOKEN = 255;

    private final Folding folding;

    public Analysis() {
        this.folding = new Folding();
    }

    /** @return the tokens of a text; time grows with its length and no faster */
    public Tokens text(String text) {
        return new Reading(folding, text, true).tokens();
    }

    /** @return the words of a link, without regard to what links, tags and handles mean in texts */
    public Tokens address(String url) {
        String decoded = decoded(url.length() > LONGEST ? url.substring(0, LONGEST) : url);
        StringBuilder words = new StringBuilder(decoded.length());
        decoded.codePoints().map(c -> Character.isLetterOrDigit(c) ? c : ' ').forEach(words::appendCodePoint);
        return new Reading(folding, words.toString(), true).tokens();
    }

    private static String decoded(String url) {
        try {
            return url.indexOf('%') < 0 ? url : URLDecoder.decode(url.replace("+", " "), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // Not every per cent sign is an escape.
            return url;
        }
    }

    /** @return a word of a query, which is read as a text is */
    public QueryWord word(String word) {
        return queryWord(text(word));
    }

    /** @return the beginning of a word, to which no rule is applied that needs its end: {@code st} is no {@code saint} yet */
    public QueryWord beginning(String word) {
        return queryWord(new Reading(folding, word, false).tokens());
    }

    /** @return the words of a link or a part of one */
    public QueryWord addressWord(String word) {
        return queryWord(address(word));
    }

    private static QueryWord queryWord(Tokens tokens) {
        List<QueryWord.Part> path = new ArrayList<>();
        QueryWord.@Nullable Part glued = null;
        int at = 0;
        for (int i = 0; i < tokens.tokens().size(); i++) {
            Token token = tokens.tokens().get(i);
            boolean whole = token.position() == 0 && token.next() == tokens.positions() && token.length() > 1;
            if (token.is(Token.GLUED) && whole) {
                glued = part(token);
            }
            boolean steps = token.is(Token.PRIMARY) && token.position() == at && !isFollowedByBigram(tokens, i);
            if (token.kind() == Token.Kind.WORD && steps) {
                path.add(part(token));
                at = token.next();
            }
        }
        return new QueryWord(path, glued);
    }

    /** Two signs at once are rarer than one, so that a bigram is preferred; both stand in every text. */
    private static boolean isFollowedByBigram(Tokens tokens, int at) {
        Token token = tokens.tokens().get(at);
        if (at + 1 == tokens.tokens().size()) {
            return false;
        }
        Token next = tokens.tokens().get(at + 1);
        return next.is(Token.BIGRAM) && next.position() == token.position();
    }

    private static QueryWord.Part part(Token token) {
        return new QueryWord.Part(token.form(), token.exact());
    }

    /** @return the folded form of something that is compared as a whole, such as a language or a source */
    public String fold(String text) {
        return folding.fold(text, 0, text.length());
    }

    /** @return a tag as it is looked up, without its sign, blanks and underscores */
    public String tag(String tag) {
        StringBuilder kept = new StringBuilder(tag.length());
        // Outside Latin, marks are vowels: they tell words apart.
        tag.codePoints()
                .filter(point -> Character.isLetterOrDigit(point) || Entities.isMark(point))
                .forEach(kept::appendCodePoint);
        return fold(kept.length() == tag.length() ? tag : kept.toString());
    }

    /** @return a handle as it is looked up, without its first {@code @} */
    public String handle(String handle) {
        String bare = handle.startsWith("@") || handle.startsWith("\uff20") ? handle.substring(1) : handle;
        return bare.toLowerCase(Locale.ROOT);
    }

    /** @return a host as it is looked up */
    public String host(String address) {
        return Hosts.host(address);
    }
}
