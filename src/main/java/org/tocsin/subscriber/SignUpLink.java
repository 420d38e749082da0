package org.tocsin.subscriber;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;

/**
 * What brings people: a leaflet, an event, a post.
 *
 * @param code      as it stands in addresses and after {@code /start}: 1 to 32 letters, digits, hyphens and underscores
 * @param name      for the team
 * @param postId    the post that it stands in; null for none
 * @param campaign  its campaign; null for none
 * @param retiredAt since when it is not offered any more; it still leads to the form
 * @param erased    how many of those whom it brought were erased after they had confirmed
 */
public record SignUpLink(
        String code,
        BranchId branch,
        String name,
        @Nullable String postId,
        @Nullable String campaign,
        Instant createdAt,
        @Nullable Instant retiredAt,
        long erased) {}
