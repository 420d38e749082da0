package org.tocsin.network;

import org.jspecify.annotations.Nullable;

/**
 * A text to be counted.
 *
 * @param text           as it will be sent
 * @param contentWarning shown before the text where the network has it, null for none
 * @param withImages     whether images travel with it (Telegram's captions are shorter than its messages)
 */
public record Draft(String text, @Nullable String contentWarning, boolean withImages) {
    /** A text alone. */
    public static Draft of(String text) {
        return new Draft(text, null, false);
    }
}
