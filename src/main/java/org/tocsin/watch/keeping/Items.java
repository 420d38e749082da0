package org.tocsin.watch.keeping;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.tocsin.mention.HeardItem;
import org.tocsin.mention.Item;
import org.tocsin.mention.Mention;

/** Mentions as matching sees them. */
public final class Items {
    private Items() {}

    /** @param network of its source */
    public static Item of(Mention mention, String network) {
        HeardItem heard = mention.heard();
        return new Item(
                heard.title(),
                heard.text(),
                heard.language(),
                mention.sourceId(),
                network,
                heard.url(),
                site(heard.url()),
                heard.author(),
                heard.links(),
                heard.tags(),
                heard.mentioned(),
                heard.kind(),
                mention.revision() > 1,
                heard.media(),
                heard.counts());
    }

    private static @Nullable String site(@Nullable String url) {
        return url == null ? null : URI.create(url).getHost();
    }
}
