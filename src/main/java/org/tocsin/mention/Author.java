package org.tocsin.mention;

import org.jspecify.annotations.Nullable;

/**
 * Who is said to have written it. A label and no proof: what is proven is the source.
 *
 * @param name   as shown; null where none is given
 * @param handle such as {@code maire@ville.social}, without a leading at sign; null where there is none
 * @param url    of the profile, http or https; null where there is none
 */
public record Author(
        @Nullable String name,
        @Nullable String handle,
        @Nullable String url) {
    /** Nobody is named. */
    public static Author unknown() {
        return new Author(null, null, null);
    }
}
