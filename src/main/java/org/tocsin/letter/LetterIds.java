package org.tocsin.letter;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The ids of letters, the same for a letter that is sent again. They carry a keyed hash: whoever sends back a letter that we never wrote, to
 * have somebody struck off, cannot name one.
 */
public final class LetterIds {
    private static final Pattern FORM = Pattern.compile(
            "([a-z])\\.([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\\.([0-9a-f]{32})");

    private final String sort;
    private final String salt;
    private final UnaryOperator<String> hash;

    private LetterIds(String sort, String salt, UnaryOperator<String> hash) {
        this.sort = sort;
        this.salt = salt;
        this.hash = hash;
    }

    /** @param hash one-way and keyed, at least 32 hexadecimal digits */
    public static LetterIds ofNewsletters(UnaryOperator<String> hash) {
        return new LetterIds("n", "newsletter letter ", hash);
    }

    /** @param hash as of {@link #ofNewsletters} */
    public static LetterIds ofSignUps(UnaryOperator<String> hash) {
        return new LetterIds("s", "sign-up letter ", hash);
    }

    /**
     * @param id of the row that it is the letter of, a UUID
     * @return what stands before the at sign of the message's id
     */
    public String of(String id) {
        return sort + "." + id + "." + sign(id);
    }

    /** @return the row whose letter has that id; empty where we made none of that sort */
    public Optional<String> row(String messageId) {
        Matcher matcher = FORM.matcher(messageId);
        if (!matcher.matches() || !matcher.group(1).equals(sort)) {
            return Optional.empty();
        }
        boolean ours = MessageDigest.isEqual(
                matcher.group(3).getBytes(StandardCharsets.US_ASCII),
                sign(matcher.group(2)).getBytes(StandardCharsets.US_ASCII));
        return ours ? Optional.of(matcher.group(2)) : Optional.empty();
    }

    private String sign(String id) {
        return hash.apply(salt + id).substring(0, 32);
    }
}
