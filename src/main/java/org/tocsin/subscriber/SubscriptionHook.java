package org.tocsin.subscriber;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Message;
import org.tocsin.base.Secret;

/**
 * The program that follows what happens to subscribers.
 *
 * @param url         where it is told; kept sealed, for addresses of webhooks often are keys
 * @param secret      by which it knows that it was us
 * @param withAddress whether it is told addresses as well
 * @param workedAt    when it last took something; null where it never did
 * @param failure     why it did not take the last thing; null where it did
 * @param failingAt   since when it takes nothing; null while it does
 * @param told        whether the team was told of that
 */
public record SubscriptionHook(
        String url,
        Secret secret,
        boolean withAddress,
        @Nullable Instant workedAt,
        @Nullable Message failure,
        @Nullable Instant failingAt,
        boolean told,
        long version) {}
