package org.tocsin.feed;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tocsin.network.LinkCard;
import org.tocsin.post.TextEntities;
import org.tocsin.post.TextEntity;

/**
 * What an item says. Its title, its HTML and its tags are made from this when it is shown.
 *
 * @param language BCP 47
 * @param parts    at least one, in order: a thread reads as one item
 * @param images   of the first part
 * @param card     of the first link, null for none
 * @param replyTo  the address of what it answers, null for none
 */
public record FeedContent(
        String language,
        List<FeedPart> parts,
        List<FeedImage> images,
        @Nullable LinkCard card,
        @Nullable String replyTo) {
    public FeedContent {
        parts = List.copyOf(parts);
        images = List.copyOf(images);
    }

    /** @return the parts that were not taken back, with an empty line between them */
    String text() {
        return parts.stream()
                .filter(part -> !part.withdrawn())
                .map(FeedPart::text)
                .collect(Collectors.joining("\n\n"));
    }

    /** @return the hashtags without {@code #}, as first written, in order, each once by {@link Tags#folded} */
    List<String> tags() {
        Map<String, String> byFolded = new LinkedHashMap<>();
        for (TextEntity entity : TextEntities.find(text())) {
            if (entity.kind() == TextEntity.Kind.HASHTAG) {
                byFolded.putIfAbsent(Tags.folded(entity.value()), entity.value());
            }
        }
        return List.copyOf(byFolded.values());
    }

    FeedContent with(FeedPart part) {
        List<FeedPart> more = new ArrayList<>(parts);
        more.add(part);
        return new FeedContent(language, more, images, card, replyTo);
    }

    /** @param first the card of the first part's first link; of no matter for another part */
    FeedContent saying(int index, String text, @Nullable LinkCard first) {
        List<FeedPart> reworded = new ArrayList<>(parts);
        reworded.set(index, reworded.get(index).saying(text));
        return new FeedContent(language, reworded, images, index == 0 ? first : card, replyTo);
    }

    FeedContent without(int index) {
        List<FeedPart> fewer = new ArrayList<>(parts);
        fewer.set(index, fewer.get(index).taken());
        return new FeedContent(language, fewer, images, card, replyTo);
    }
}
