package org.tocsin.mention;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One item that was heard, as matching sees it: plain text, never markup.
 *
 * @param title    an article's headline; null where there is none
 * @param text     the text, empty where there is only a title or an image
 * @param language BCP 47, null where unknown
 * @param sourceId the source that it came from
 * @param network  the sort of source: {@code mastodon}, {@code rss} …
 * @param url      its own address, null where it has none
 * @param site     the host of the site it stands on, null where unknown
 * @param author   who wrote it
 * @param links    addresses that it links to, beside those written in the text
 * @param tags     tags that the source gives beside the text, with or without their {@code #}
 * @param mentions handles that the source says it mentions, without their first {@code @}
 * @param kind     post, reply …
 * @param edited   whether it was changed after it was first published
 * @param media    whether it has images, sound or video
 * @param counts   likes and the like, which change after publication
 */
public record Item(
        @Nullable String title,
        String text,
        @Nullable String language,
        String sourceId,
        String network,
        @Nullable String url,
        @Nullable String site,
        Author author,
        List<String> links,
        List<String> tags,
        List<String> mentions,
        ItemKind kind,
        boolean edited,
        boolean media,
        Counts counts) {
    public Item {
        links = List.copyOf(links);
        tags = List.copyOf(tags);
        mentions = List.copyOf(mentions);
    }

    /** A post of which nothing but the text is known, such as one that somebody pasted to try a watch on. */
    public static Item of(String text) {
        return new Item(
                null,
                text,
                null,
                "",
                "",
                null,
                null,
                Author.unknown(),
                List.of(),
                List.of(),
                List.of(),
                ItemKind.POST,
                false,
                false,
                Counts.unknown());
    }
}
