package org.tocsin.network.bluesky;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tocsin.media.FittedImage;
import org.tocsin.network.Json;
import org.tocsin.network.LinkCard;
import org.tocsin.network.Segment;

/** Writes the record app.bsky.feed.post, and the request that puts it. */
final class PostRecord {
    private PostRecord() {}

    /**
     * The body of com.atproto.repo.putRecord. With {@code swapRecord: null} it creates and never replaces; it is the same request that
     * is sent again, so the time in it is that of the first.
     *
     * @param dids    the accounts of the handles in the text, by handle; who is not there is not linked
     * @param reply   root and parent, null where it answers nothing
     * @param handles the blobs of the images, in order
     * @param thumb   the blob of the card's picture, null for none
     */
    static String request(
            PostRef post,
            RichText text,
            Segment segment,
            Map<String, String> dids,
            @Nullable JsonNode reply,
            List<String> handles,
            @Nullable String thumb,
            Instant now) {
        ObjectNode request = Json.object()
                .put("repo", post.did())
                .put("collection", PostRef.COLLECTION)
                .put("rkey", post.rkey());
        ObjectNode record = request.putObject("record")
                .put("$type", PostRef.COLLECTION)
                .put("text", text.text())
                .put("createdAt", now.truncatedTo(ChronoUnit.MILLIS).toString());
        Locale language = Locale.forLanguageTag(segment.language());
        if (!language.getLanguage().isEmpty()) {
            record.putArray("langs").add(language.toLanguageTag());
        }
        ArrayNode facets = facets(text, dids);
        if (!facets.isEmpty()) {
            record.set("facets", facets);
        }
        if (!handles.isEmpty()) {
            record.set("embed", images(segment, handles));
        } else if (segment.linkCard() != null) {
            record.set("embed", external(segment.linkCard(), thumb));
        }
        if (reply != null) {
            record.set("reply", reply);
        }
        return request.putNull("swapRecord").toString();
    }

    private static ArrayNode facets(RichText text, Map<String, String> dids) {
        ArrayNode facets = Json.array();
        for (RichText.Span span : text.spans()) {
            ObjectNode feature = Json.object();
            switch (span.kind()) {
                case LINK ->
                    feature.put("$type", "app.bsky.richtext.facet#link").put("uri", span.value());
                case HASHTAG ->
                    feature.put("$type", "app.bsky.richtext.facet#tag").put("tag", span.value());
                case MENTION -> {
                    if (!dids.containsKey(span.value())) {
                        continue;
                    }
                    feature.put("$type", "app.bsky.richtext.facet#mention").put("did", dids.get(span.value()));
                }
            }
            ObjectNode facet = facets.addObject();
            facet.putObject("index").put("byteStart", span.start()).put("byteEnd", span.end());
            facet.putArray("features").add(feature);
        }
        return facets;
    }

    private static ObjectNode images(Segment segment, List<String> handles) {
        ObjectNode embed = Json.object().put("$type", "app.bsky.embed.images");
        ArrayNode images = embed.putArray("images");
        for (int i = 0; i < handles.size(); i++) {
            FittedImage image = segment.images().get(i).image();
            ObjectNode one = images.addObject();
            one.set("image", Json.read(handles.get(i)));
            one.put("alt", segment.images().get(i).alt())
                    .putObject("aspectRatio")
                    .put("width", image.width())
                    .put("height", image.height());
        }
        return embed;
    }

    private static ObjectNode external(LinkCard card, @Nullable String thumb) {
        ObjectNode embed = Json.object().put("$type", "app.bsky.embed.external");
        ObjectNode external = embed.putObject("external")
                .put("uri", card.url())
                .put("title", card.title())
                .put("description", card.description());
        if (thumb != null) {
            external.set("thumb", Json.read(thumb));
        }
        return embed;
    }

    /**
     * What a post needs to say to what it answers.
     *
     * @param details of a receipt or a reference: {@code uri}, {@code cid}, and {@code rootUri}, {@code rootCid} inside a thread
     */
    static @Nullable JsonNode reply(Map<String, String> details) {
        if (!details.containsKey("uri") || !details.containsKey("cid")) {
            return null;
        }
        String uri = details.get("uri");
        String cid = details.get("cid");
        ObjectNode reply = Json.object();
        reply.putObject("root")
                .put("uri", details.getOrDefault("rootUri", uri))
                .put("cid", details.getOrDefault("rootCid", cid));
        reply.putObject("parent").put("uri", uri).put("cid", cid);
        return reply;
    }
}
