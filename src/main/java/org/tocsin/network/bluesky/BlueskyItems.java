package org.tocsin.network.bluesky;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tocsin.mention.Author;
import org.tocsin.mention.Counts;
import org.tocsin.mention.HeardItem;
import org.tocsin.mention.ItemKind;
import org.tocsin.mention.PlainText;
import org.tocsin.network.Json;

/** Posts as the log keeps them: the record that their author wrote (lexicon app.bsky.feed.post), and who that is. */
final class BlueskyItems {
    /** Nobody writes more; a hostile client might. */
    private static final int MOST = 100;

    private BlueskyItems() {}

    /**
     * @param view what a server shows: {@code uri}, {@code author}, {@code record}, counts
     * @return empty where it is no post
     */
    static Optional<HeardItem> of(JsonNode view, Instant now) {
        return PostRef.read(view.path("uri").asText(""))
                .filter(post -> view.path("record").path("text").isTextual())
                .map(post -> item(post, author(view.path("author"), post), view.path("record"), counts(view), now));
    }

    /** @return a post of which only the record is known, as the stream of the whole network gives it */
    static Optional<HeardItem> of(PostRef post, JsonNode record, Instant now) {
        return record.path("text").isTextual()
                ? Optional.of(
                        item(post, new Author(null, post.did(), profile(post.did())), record, Counts.unknown(), now))
                : Optional.empty();
    }

    private static HeardItem item(PostRef post, Author author, JsonNode record, Counts counts, Instant now) {
        String text = record.path("text").asText();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        List<String> tags = new ArrayList<>();
        List<String> mentioned = new ArrayList<>();
        Set<String> links = new LinkedHashSet<>();
        for (JsonNode facet : record.path("facets")) {
            for (JsonNode feature : facet.path("features")) {
                if (tags.size() + mentioned.size() + links.size() < MOST) {
                    read(facet.path("index"), feature, bytes, tags, mentioned, links);
                }
            }
        }
        for (JsonNode tag : record.path("tags")) {
            if (tag.isTextual() && tags.size() < MOST) {
                tags.add(PlainText.cut(tag.asText(), HeardItem.MAX_TITLE));
            }
        }
        JsonNode embed = record.path("embed");
        JsonNode media = embed.path("media").isObject() ? embed.path("media") : embed;
        PlainText.link(media.path("external").path("uri").asText("")).ifPresent(links::add);
        Optional<PostRef> quoted = PostRef.read(embed.path("record").path("uri").asText(""))
                .or(() -> PostRef.read(
                        embed.path("record").path("record").path("uri").asText("")));
        Optional<PostRef> parent =
                PostRef.read(record.path("reply").path("parent").path("uri").asText(""));
        ItemKind kind = parent.isPresent() ? ItemKind.REPLY : quoted.isPresent() ? ItemKind.QUOTE : ItemKind.POST;
        return new HeardItem(
                post.uri(),
                kind,
                author,
                null,
                PlainText.cut(text, HeardItem.MAX_TEXT),
                language(record),
                PlainText.link(post.web()).orElse(null),
                Json.instant(record, "createdAt")
                        .map(at -> at.isAfter(now) ? now : at)
                        .orElse(null),
                tags,
                mentioned,
                List.copyOf(links),
                quoted.or(() -> parent).map(PostRef::web).orElse(null),
                media.has("images") || media.has("video") || media.has("items"),
                counts);
    }

    private static void read(
            JsonNode index,
            JsonNode feature,
            byte[] text,
            List<String> tags,
            List<String> mentioned,
            Set<String> links) {
        String type = feature.path("$type").asText("");
        switch (type.substring(type.indexOf('#') + 1)) {
            case "link" -> PlainText.link(feature.path("uri").asText("")).ifPresent(links::add);
            case "tag" -> tags.add(PlainText.cut(feature.path("tag").asText(""), HeardItem.MAX_TITLE));
            // A facet names an account by its DID; people know it by the handle that is written there.
            case "mention" -> {
                String written = PlainText.cut(slice(index, text).replaceFirst("^@", ""), HeardItem.MAX_TITLE);
                mentioned.add(written.isEmpty() ? feature.path("did").asText("") : written);
            }
            default -> {
                // What later lexicons add says nothing here.
            }
        }
    }

    /** Servers do not check the ranges of facets. */
    private static String slice(JsonNode index, byte[] text) {
        int from = index.path("byteStart").asInt(-1);
        int to = index.path("byteEnd").asInt(-1);
        return from < 0 || to <= from || to > text.length
                ? ""
                : new String(text, from, to - from, StandardCharsets.UTF_8);
    }

    private static @Nullable String language(JsonNode record) {
        JsonNode first = record.path("langs").path(0);
        return first.isTextual() && first.asText().matches("[A-Za-z0-9-]{2,35}") ? first.asText() : null;
    }

    private static Author author(JsonNode author, PostRef post) {
        String name = PlainText.cut(author.path("displayName").asText(""), HeardItem.MAX_TITLE);
        String handle = Json.text(author, "handle")
                // An account whose name does not point back to it.
                .filter(text -> !text.equals("handle.invalid"))
                .map(text -> PlainText.cut(text, HeardItem.MAX_TITLE))
                .orElse(post.did());
        return new Author(name.isBlank() ? null : name, handle, profile(post.did()));
    }

    private static @Nullable String profile(String did) {
        return PlainText.link("https://bsky.app/profile/" + did).orElse(null);
    }

    private static Counts counts(JsonNode view) {
        return new Counts(
                number(view, "likeCount"),
                number(view, "repostCount"),
                number(view, "replyCount"),
                number(view.path("author"), "followersCount"));
    }

    private static @Nullable Long number(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isIntegralNumber() && value.canConvertToLong() && value.longValue() >= 0
                ? value.longValue()
                : null;
    }
}
