package org.tocsin.base;

import org.jspecify.annotations.Nullable;

/**
 * One thing wrong with what a person asked for.
 *
 * @param pointer JSON pointer (RFC 6901) to the field, such as {@code /media/0/alt}; empty for the request as a whole
 * @param message the fault of the value and the remedy
 * @param limit   the bound that was broken, null where there is none
 * @param actual  the value's measure against that bound, null where there is none
 */
public record Fault(
        String pointer,
        Message message,
        @Nullable Long limit,
        @Nullable Long actual) {
    /** A fault without a bound. */
    public static Fault at(String pointer, Message message) {
        return new Fault(pointer, message, null, null);
    }
}
