package org.tocsin.network.x;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.twitter.twittertext.Extractor;
import java.time.Instant;
import java.util.List;
import org.tocsin.network.Effect;

/** Posts as X lists them: newest first, links as t.co, entities of HTML, a link for the images at the end. */
final class FakeTimeline {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private FakeTimeline() {}

    static String page(List<Effect> effects, Instant from, int size, int start, boolean newNames) {
        List<Effect> all = effects.reversed().stream()
                .filter(effect -> !effect.at().isBefore(from))
                .toList();
        List<Effect> some = all.subList(Math.min(start, all.size()), Math.min(start + size, all.size()));
        ObjectNode page = JSON.createObjectNode();
        if (!some.isEmpty()) {
            ArrayNode data = page.putArray("data");
            some.forEach(effect -> data.add(post(effect, newNames)));
        }
        ObjectNode meta = page.putObject("meta").put("result_count", some.size());
        if (start + size < all.size()) {
            meta.put("next_token", "" + (start + size));
        }
        return page.toString();
    }

    private static ObjectNode post(Effect effect, boolean newNames) {
        ObjectNode post = JSON.createObjectNode()
                .put("id", effect.remoteId())
                .put("author_id", FakeX.USER)
                .put("created_at", effect.at().toString());
        ArrayNode urls = post.putObject("entities").putArray("urls");
        StringBuilder text = new StringBuilder();
        int done = 0;
        for (Extractor.Entity url : new Extractor().extractURLsWithIndices(effect.text())) {
            String written = url.getValue();
            String whole = written.matches("(?i)https?://.*") ? written : "http://" + written;
            String expanded = whole.matches("(?i)https?://[^/?#]*") ? whole + "/" : whole;
            String shortened = String.format("https://t.co/%010d", urls.size() + 1);
            text.append(effect.text(), done, url.getStart()).append(shortened);
            done = url.getEnd();
            urls.addObject().put("url", shortened).put("expanded_url", expanded).put("display_url", written);
        }
        text.append(effect.text().substring(done));
        if (!effect.alts().isEmpty()) {
            text.append(" https://t.co/photo00001");
            urls.addObject()
                    .put("url", "https://t.co/photo00001")
                    .put("expanded_url", "https://x.com/agenda_fr/status/" + effect.remoteId() + "/photo/1")
                    .put("media_key", "3_1");
        }
        post.put(
                "text",
                text.toString().replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"));
        if (effect.parentId() != null) {
            post.put("text", "@agenda_fr " + post.path("text").asText());
            post.putArray(newNames ? "referenced_posts" : "referenced_tweets")
                    .addObject()
                    .put("type", "replied_to")
                    .put("id", effect.parentId());
        }
        return post;
    }
}
