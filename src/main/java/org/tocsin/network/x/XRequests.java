package org.tocsin.network.x;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tocsin.network.Json;
import org.tocsin.network.Segment;

/** The body of {@code POST /2/tweets}: what is committed is sent byte for byte. Fields that X does not know are refused by it. */
final class XRequests {
    private XRequests() {}

    static String write(Segment segment, @Nullable String parent, List<String> media) {
        ObjectNode body = Json.object();
        if (!segment.text().isEmpty()) {
            body.put("text", segment.text());
        }
        if (parent != null) {
            body.putObject("reply").put("in_reply_to_tweet_id", parent);
        }
        if (!media.isEmpty()) {
            ArrayNode ids = body.putObject("media").putArray("media_ids");
            media.forEach(ids::add);
        }
        return body.toString();
    }

    /** @return the post that a committed request answers */
    static Optional<String> parent(String body) {
        JsonNode parent = Json.read(body).path("reply").path("in_reply_to_tweet_id");
        return parent.isTextual() ? Optional.of(parent.asText()) : Optional.empty();
    }
}
