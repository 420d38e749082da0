package org.tocsin.newsletter;

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
    private static final Pattern FORM =
            Pattern.compile("n\\.([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\\.([0-9a-f]{32})");

    private final UnaryOperator<String> hash;

    /** @param hash one-way and keyed, at least 32 hexadecimal digits */
    public LetterIds(UnaryOperator<String> hash) {
        this.hash = hash;
    }

    /** @return what stands before the at sign of the message's id */
    String of(String sendId) {
        return "n." + sendId + "." + sign(sendId);
    }

    /** @return the row whose letter has that id; empty where we made none */
    Optional<String> sendId(String messageId) {
        Matcher matcher = FORM.matcher(messageId);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        boolean ours = MessageDigest.isEqual(
                matcher.group(2).getBytes(StandardCharsets.US_ASCII),
                sign(matcher.group(1)).getBytes(StandardCharsets.US_ASCII));
        return ours ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private String sign(String sendId) {
        return hash.apply("newsletter letter " + sendId).substring(0, 32);
    }
}
