package org.tocsin.network.x;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tocsin.mention.Author;
import org.tocsin.mention.Counts;
import org.tocsin.mention.HeardItem;
import org.tocsin.mention.ItemKind;
import org.tocsin.mention.PlainText;
import org.tocsin.network.Json;

/** Posts as the log keeps them. Who has written them is known by number alone, since names cost extra. */
final class XItems {
    private static final int MOST = 100;
    private static final String POST = "https://x.com/i/web/status/";
    /** Codes of X for what is no language: only tags, only links, unknown … (docs.x.com, supported languages). */
    private static final Set<String> NONE = Set.of("und", "qme", "qst", "qht", "qam", "qct", "zxx", "art");

    private XItems() {}

    /** @param post with an id that is one */
    static HeardItem of(JsonNode post, Instant now) {
        String id = post.path("id").asText();
        JsonNode metrics = post.path("public_metrics");
        JsonNode references =
                post.has("referenced_posts") ? post.path("referenced_posts") : post.path("referenced_tweets");
        String author = post.path("author_id").asText("");
        Instant at = Json.instant(post, "created_at").orElseGet(() -> XPosts.time(id));
        return new HeardItem(
                id,
                kind(references),
                XPosts.isId(author) ? new Author(null, null, "https://x.com/i/user/" + author) : Author.unknown(),
                null,
                PlainText.cut(XTimeline.text(post), HeardItem.MAX_TEXT),
                Json.text(post, "lang")
                        .filter(lang -> lang.matches("[a-z]{2,3}(-[A-Za-z]{2,8})?") && !NONE.contains(lang))
                        .orElse(null),
                POST + id,
                at.isAfter(now) ? now : at,
                texts(post.path("entities").path("hashtags"), "tag"),
                texts(post.path("entities").path("mentions"), "username"),
                links(post.path("entities").path("urls")),
                about(references),
                !post.path("attachments").path("media_keys").isEmpty(),
                new Counts(
                        number(metrics, "like_count"),
                        number(metrics, metrics.has("retweet_count") ? "retweet_count" : "repost_count"),
                        number(metrics, "reply_count"),
                        null));
    }

    private static ItemKind kind(JsonNode references) {
        ItemKind kind = ItemKind.POST;
        for (JsonNode reference : references) {
            kind = switch (reference.path("type").asText("")) {
                case "retweeted", "reposted" -> ItemKind.REPOST;
                case "replied_to" -> ItemKind.REPLY;
                case "quoted" -> kind == ItemKind.POST ? ItemKind.QUOTE : kind;
                default -> kind;
            };
        }
        return kind;
    }

    private static @Nullable String about(JsonNode references) {
        String id = references.path(0).path("id").asText("");
        return XPosts.isId(id) ? POST + id : null;
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

    private static List<String> links(JsonNode urls) {
        List<String> links = new ArrayList<>();
        for (JsonNode url : urls) {
            if (!url.has("media_key") && links.size() < MOST) {
                PlainText.link(url.path("expanded_url").asText("")).ifPresent(links::add);
            }
        }
        return links;
    }

    private static @Nullable Long number(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isIntegralNumber() && value.canConvertToLong() && value.longValue() >= 0
                ? value.longValue()
                : null;
    }
}
