package org.tocsin.network.x;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;
import org.tocsin.network.Channel;
import org.tocsin.network.Cost;

/**
 * What X charges per request, in US dollars: pay-per-use prices as of 2026-11-23 (docs.x.com, pricing). When X changes one, the channel's
 * setting of that name stands in for it. Uploads and alt texts are not on that list.
 */
final class XPrices {
    private static final String POST = "costPostUsd";
    private static final String LINK = "costLinkUsd";
    private static final String DELETE = "costDeleteUsd";
    /** A post of the account's own timeline, read by the app's owner; X charges 0.005 where the app is another's. */
    private static final String READ = "costReadUsd";

    /** A post that is asked for by its id. X's list has no lower price for one's own than the 0.005 of any post. */
    private static final String LOOKUP = "costLookupUsd";

    private static final String USER = "costUserUsd";

    private static final Map<String, BigDecimal> USD = Map.of(
            POST, new BigDecimal("0.015"),
            LINK, new BigDecimal("0.200"),
            DELETE, new BigDecimal("0.010"),
            READ, new BigDecimal("0.001"),
            LOOKUP, new BigDecimal("0.005"),
            USER, new BigDecimal("0.010"));
    private static final BigDecimal MICRO = BigDecimal.valueOf(1_000_000);

    private XPrices() {}

    static Set<String> settings() {
        return USD.keySet();
    }

    static Cost post(Channel channel, boolean link) {
        return of(channel, link ? LINK : POST, 1);
    }

    static Cost delete(Channel channel) {
        return of(channel, DELETE, 1);
    }

    static Cost reads(Channel channel, int posts) {
        return of(channel, READ, posts);
    }

    static Cost lookups(Channel channel, int posts) {
        return of(channel, LOOKUP, posts);
    }

    static Cost user(Channel channel) {
        return of(channel, USER, 1);
    }

    private static Cost of(Channel channel, String name, int count) {
        BigDecimal price =
                channel.setting(name).flatMap(XAccess::dollars).orElse(USD.getOrDefault(name, BigDecimal.ZERO));
        return new Cost(
                price.multiply(MICRO).multiply(BigDecimal.valueOf(count)).longValueExact());
    }
}
