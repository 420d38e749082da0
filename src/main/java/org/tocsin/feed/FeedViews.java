package org.tocsin.feed;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Message;
import org.tocsin.base.Messages;
import org.tocsin.feed.FeedView.Entry;
import org.tocsin.feed.FeedView.Picture;
import org.tocsin.network.LinkCard;

/** Makes of items what the formats show. */
final class FeedViews {
    private final FeedSettings settings;
    private final Messages messages;
    private final String organisation;

    FeedViews(FeedSettings settings, Messages messages) {
        this.settings = settings;
        this.messages = messages;
        this.organisation = XmlText.clean(settings.organisation());
    }

    /**
     * @param tag     folded, null for all posts
     * @param changed of the latest change
     */
    FeedView feed(FeedFormat format, @Nullable String tag, List<FeedItem> items, Instant changed) {
        URI hub = settings.hub();
        return new FeedView(
                tag == null ? organisation : organisation + " – #" + tag,
                organisation,
                settings.language(),
                settings.home(),
                settings.feed(format, tag),
                hub == null ? null : hub.toString(),
                changed,
                items.stream().map(this::entry).toList());
    }

    Entry entry(FeedItem item) {
        return item.withdrawnAt() == null ? shown(item) : withdrawn(item);
    }

    private Entry shown(FeedItem item) {
        FeedContent content = item.content();
        String text = XmlText.clean(content.text());
        List<Picture> pictures = content.images().stream()
                .map(image -> new Picture(image, settings.media(image)))
                .toList();
        LinkCard card = card(content.card());
        Locale language = Locale.forLanguageTag(content.language());
        StringBuilder html = new StringBuilder();
        String replyTo = content.replyTo();
        if (replyTo != null) {
            String words = messages.text(Message.of("feed.reply"), language);
            html.append("<p>")
                    .append(ItemHtml.escaped(words))
                    .append(' ')
                    .append(ItemHtml.anchor(replyTo, replyTo))
                    .append("</p>\n");
        }
        html.append(ItemHtml.paragraphs(text)).append(ItemHtml.pictures(pictures));
        if (card != null) {
            html.append(ItemHtml.card(card));
        }
        String title = ItemTitle.of(text, card, language, organisation);
        return entry(item, title, html.toString(), text, content.tags(), pictures);
    }

    private static @Nullable LinkCard card(@Nullable LinkCard card) {
        return card == null
                ? null
                : new LinkCard(
                        XmlText.clean(card.url()),
                        XmlText.clean(card.title()),
                        XmlText.clean(card.description()),
                        null);
    }

    private Entry withdrawn(FeedItem item) {
        Locale language = Locale.forLanguageTag(item.content().language());
        String title = messages.text(Message.of("feed.withdrawn.title"), language);
        String text = messages.text(Message.of("feed.withdrawn.text", "organisation", organisation), language);
        return entry(item, title, ItemHtml.paragraphs(text), text, List.of(), List.of());
    }

    private Entry entry(
            FeedItem item, String title, String html, String text, List<String> tags, List<Picture> pictures) {
        return new Entry(
                "urn:uuid:" + item.id(),
                settings.item(item.id()),
                title,
                html,
                text,
                item.content().language(),
                tags,
                pictures,
                item.publishedAt(),
                item.changedAt());
    }
}
