package org.tocsin.post;

import org.jspecify.annotations.Nullable;

/**
 * A post's form for one channel or for all channels of one network. Null takes what the post has.
 *
 * @param text           instead of the post's text
 * @param contentWarning shown before the text, where the network has it
 * @param visibility     in the network's own words
 */
public record PostVariant(
        @Nullable String text,
        @Nullable String contentWarning,
        @Nullable String visibility) {}
