package org.tocsin.network.mastodon;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;
import org.tocsin.mention.Author;
import org.tocsin.mention.Counts;
import org.tocsin.mention.HeardItem;
import org.tocsin.mention.ItemKind;
import org.tocsin.mention.PlainText;
import org.tocsin.network.Channel;
import org.tocsin.network.Json;

/** Statuses as the log keeps them (docs.joinmastodon.org/entities/Status). What is not public is not kept. */
final class MastodonItems {
    /** Nobody writes more; a hostile server might. */
    private static final int MOST = 100;

    private static final Set<String> PUBLIC = Set.of("public", "unlisted", "local");

    private MastodonItems() {}

    /** @return empty where it is no status, or is not meant for everybody */
    static Optional<HeardItem> of(Channel channel, JsonNode status, Instant now) {
        Optional<String> id = MastodonAnswers.id(status);
        boolean open = PUBLIC.contains(status.path("visibility").asText("public"));
        return id.isEmpty() || !open ? Optional.empty() : Optional.of(item(channel, id.get(), status, now));
    }

    private static HeardItem item(Channel channel, String id, JsonNode status, Instant now) {
        JsonNode original = status.path("reblog").isObject() ? status.path("reblog") : status;
        String content = original.path("content").asText("");
        String warning = PlainText.cut(original.path("spoiler_text").asText(""), HeardItem.MAX_TITLE);
        String words = PlainText.ofHtml(content, HeardItem.MAX_TEXT);
        String text = warning.isEmpty() ? words : words.isEmpty() ? warning : warning + "\n\n" + words;
        String host = host(channel);
        return new HeardItem(
                id,
                kind(status),
                author(status.path("account"), host),
                null,
                PlainText.cut(text, HeardItem.MAX_TEXT),
                Json.text(original, "language")
                        .filter(code -> code.length() <= 35)
                        .orElse(null),
                PlainText.link(MastodonAnswers.url(status)).orElse(null),
                Json.instant(status, "created_at")
                        .map(at -> at.isAfter(now) ? now : at)
                        .orElse(null),
                texts(original.path("tags"), "name"),
                texts(original.path("mentions"), "acct").stream()
                        .map(handle -> whole(handle, host))
                        .toList(),
                links(original, content),
                about(status),
                !original.path("media_attachments").isEmpty(),
                new Counts(
                        number(original, "favourites_count"),
                        number(original, "reblogs_count"),
                        number(original, "replies_count"),
                        number(status.path("account"), "followers_count")));
    }

    private static ItemKind kind(JsonNode status) {
        if (status.path("reblog").isObject()) {
            return ItemKind.REPOST;
        }
        // Since Mastodon 4.4; relatives have had "quote" as a status before.
        if (status.path("quote").isObject()) {
            return ItemKind.QUOTE;
        }
        return Json.text(status, "in_reply_to_id").isPresent() ? ItemKind.REPLY : ItemKind.POST;
    }

    private static @Nullable String about(JsonNode status) {
        JsonNode quote = status.path("quote");
        JsonNode other = status.path("reblog").isObject()
                ? status.path("reblog")
                : quote.path("quoted_status").isObject() ? quote.path("quoted_status") : quote;
        return other.isObject() ? PlainText.link(MastodonAnswers.url(other)).orElse(null) : null;
    }

    private static Author author(JsonNode account, String host) {
        String name = PlainText.cut(account.path("display_name").asText(""), HeardItem.MAX_TITLE);
        String handle =
                Json.text(account, "acct").map(acct -> whole(acct, host)).orElse(null);
        return new Author(
                name.isBlank() ? null : name,
                handle,
                PlainText.link(account.path("url").asText("")).orElse(null));
    }

    /** The server leaves its own name out. */
    private static String whole(String acct, String host) {
        String clean = PlainText.cut(acct, HeardItem.MAX_TITLE);
        return clean.indexOf('@') < 0 ? clean + "@" + host : clean;
    }

    private static String host(Channel channel) {
        return Objects.requireNonNullElse(
                URI.create(channel.setting(MastodonApi.BASE_URL).orElse("")).getHost(), "");
    }

    private static List<String> texts(JsonNode list, String field) {
        List<String> texts = new ArrayList<>();
        for (JsonNode one : list) {
            Json.text(one, field)
                    .filter(text -> texts.size() < MOST)
                    .map(text -> PlainText.cut(text, HeardItem.MAX_TITLE))
                    .ifPresent(texts::add);
        }
        return texts;
    }

    /** Those of the text, but for tags and people, and that of the card. */
    private static List<String> links(JsonNode status, String content) {
        Set<String> links = new LinkedHashSet<>();
        for (Element anchor : Jsoup.parse(content).select("a[href]:not(.hashtag):not(.mention)")) {
            if (links.size() < MOST) {
                PlainText.link(anchor.attr("href")).ifPresent(links::add);
            }
        }
        PlainText.link(status.path("card").path("url").asText("")).ifPresent(links::add);
        return List.copyOf(links);
    }

    private static @Nullable Long number(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.canConvertToLong() && value.isIntegralNumber() && value.longValue() >= 0
                ? value.longValue()
                : null;
    }
}
