package org.tocsin.network;

import org.jspecify.annotations.Nullable;

/**
 * What a page says of itself (Open Graph), read once when the post was accepted.
 *
 * @param url         the link as written in the text
 * @param title       plain text, at most 300 characters
 * @param description plain text, at most 1,000 characters; may be empty
 * @param imageUrl    absolute http(s), null for none
 */
public record LinkCard(
        String url,
        String title,
        String description,
        @Nullable String imageUrl) {}
