package org.tocsin.feed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tocsin.network.LinkCard;

/**
 * One segment as it goes into an intent.
 *
 * @param continues the item that it is added to, null for a new one
 * @param language  BCP 47
 * @param text      cleaned
 * @param images    of a new item
 * @param card      of a new item, null for none
 * @param replyTo   what a new item answers, null for nothing
 */
record FeedRequest(
        @Nullable String continues,
        String language,
        String text,
        List<FeedImage> images,
        @Nullable LinkCard card,
        @Nullable String replyTo) {
    private static final ObjectMapper MAPPER = JsonMapper.builder().build();

    String write() {
        try {
            return MAPPER.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @throws IllegalStateException when the body is none of {@link #write()} */
    static FeedRequest read(String body) {
        try {
            return MAPPER.readValue(body, FeedRequest.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not the body of a feed item", e);
        }
    }
}
