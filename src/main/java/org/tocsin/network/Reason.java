package org.tocsin.network;

import org.jspecify.annotations.Nullable;
import org.tocsin.base.Message;

/**
 * Why an outcome is what it is.
 *
 * @param message    for people, with code and texts in both languages
 * @param httpStatus of the answer, null where there was none
 * @param excerpt    of what the network said: plain text, control characters removed, at most 300 characters, no secrets; may be empty
 */
public record Reason(Message message, @Nullable Integer httpStatus, String excerpt) {
    private static final int MAX_EXCERPT = 300;

    public Reason {
        excerpt = clean(excerpt);
    }

    /** A reason of our own. */
    public static Reason of(String code, Object... pairs) {
        return new Reason(Message.of(code, pairs), null, "");
    }

    /** A reason that a network gave. */
    public static Reason said(int httpStatus, String excerpt, String code, Object... pairs) {
        return new Reason(Message.of(code, pairs), httpStatus, excerpt);
    }

    private static String clean(String text) {
        String plain = text.replaceAll("[\\p{Cntrl}\\u2028\\u2029\\u202A-\\u202E\\u2066-\\u2069]+", " ")
                .strip();
        return plain.length() <= MAX_EXCERPT ? plain : plain.substring(0, MAX_EXCERPT - 1) + "…";
    }
}
