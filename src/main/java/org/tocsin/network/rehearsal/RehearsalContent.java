package org.tocsin.network.rehearsal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tocsin.network.LinkCard;

/**
 * What would have gone out: the body of the intent, and of the row.
 *
 * @param standsFor      whose rules were applied; {@code none} for those of no network
 * @param text           of the segment
 * @param language       BCP 47
 * @param contentWarning null for none
 * @param visibility     in the network's own words, null for its default
 * @param images         in order
 * @param card           null for none
 * @param parentId       what it answers, null for nothing
 * @param index          of the segment, from 0
 * @param count          of all segments
 */
public record RehearsalContent(
        String standsFor,
        String text,
        String language,
        @Nullable String contentWarning,
        @Nullable String visibility,
        List<RehearsalImage> images,
        @Nullable LinkCard card,
        @Nullable String parentId,
        int index,
        int count) {
    private static final ObjectMapper MAPPER = JsonMapper.builder().build();

    public RehearsalContent {
        images = List.copyOf(images);
    }

    /** @return the same with the words of the other */
    RehearsalContent saying(RehearsalContent words) {
        return new RehearsalContent(
                standsFor,
                words.text,
                words.language,
                words.contentWarning,
                visibility,
                images,
                words.card,
                parentId,
                index,
                count);
    }

    String write() {
        try {
            return MAPPER.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static RehearsalContent read(String body) {
        try {
            return MAPPER.readValue(body, RehearsalContent.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not the body of a rehearsal", e);
        }
    }
}
