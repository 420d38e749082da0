package org.tocsin.delivery;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tocsin.network.DeliveryKey;
import org.tocsin.network.LinkCard;
import org.tocsin.network.Receipt;
import org.tocsin.network.RemoteRef;
import org.tocsin.post.MediaRef;

/**
 * One segment of a delivery, as a row: what to say, and how far it has come.
 *
 * @param deliveryId     whose segment
 * @param index          from 0
 * @param content        what to say
 * @param key            its idempotency key, made with the delivery
 * @param state          where it stands
 * @param uploads        the handles of its images, in order, as far as they are uploaded
 * @param frozen         the request that is sent and sent again, null before the first intent
 * @param receipt        the proof, null before it
 */
public record DeliverySegment(
        String deliveryId,
        int index,
        Content content,
        DeliveryKey key,
        SegmentState state,
        List<Upload> uploads,
        @Nullable Frozen frozen,
        @Nullable Receipt receipt) {
    public DeliverySegment {
        uploads = List.copyOf(uploads);
    }

    /**
     * What to say.
     *
     * @param text           final: variant, mentions, campaign and splitting applied
     * @param media          images in order
     * @param language       BCP 47
     * @param contentWarning null for none
     * @param visibility     in the network's words, null for its default
     * @param linkCard       null for none
     * @param replyTo        null for none; with an empty id where it is looked for when it is sent
     */
    public record Content(
            String text,
            List<MediaRef> media,
            String language,
            @Nullable String contentWarning,
            @Nullable String visibility,
            @Nullable LinkCard linkCard,
            @Nullable RemoteRef replyTo) {
        public Content {
            media = List.copyOf(media);
        }
    }

    /**
     * An image that was brought to the network.
     *
     * @param handle   by which the network knows it
     * @param ready    false while the network is still working on it
     * @param atMillis when it was brought, in milliseconds since 1970
     */
    public record Upload(String handle, boolean ready, long atMillis) {}

    /**
     * A request, as the first intent committed it.
     *
     * @param body     in the adapter's form
     * @param text     as people will read it
     * @param textHash SHA-256, 64 hexadecimal digits
     * @param parentId the remote id of the segment before or of the post replied to, null for none
     * @param firstAt  the first intent
     * @param at       the latest intent
     */
    public record Frozen(
            String body,
            String text,
            String textHash,
            @Nullable String parentId,
            Instant firstAt,
            Instant at) {
        /** @return a request whose first intent is now */
        static Frozen first(String body, String text, String textHash, @Nullable String parentId, Instant now) {
            return new Frozen(body, text, textHash, parentId, now, now);
        }

        /** @return the same request with a later intent */
        public Frozen again(Instant now) {
            return new Frozen(body, text, textHash, parentId, firstAt, now);
        }
    }

    /** @return the same in another state */
    public DeliverySegment in(SegmentState other) {
        return new DeliverySegment(deliveryId, index, content, key, other, uploads, frozen, receipt);
    }

    /** @return the same with these uploads */
    public DeliverySegment uploaded(List<Upload> handles) {
        return new DeliverySegment(deliveryId, index, content, key, state, handles, frozen, receipt);
    }

    /** @return the same, its request committed; null forgets the request, so that it is made anew */
    public DeliverySegment frozen(@Nullable Frozen request) {
        return new DeliverySegment(deliveryId, index, content, key, state, uploads, request, receipt);
    }

    /** @return the same with other words, which people read by now; the request that first published it stays as it was sent */
    DeliverySegment saying(Content other, String text, String textHash) {
        Frozen said = frozen == null
                ? null
                : new Frozen(frozen.body(), text, textHash, frozen.parentId(), frozen.firstAt(), frozen.at());
        return new DeliverySegment(deliveryId, index, other, key, state, uploads, said, receipt);
    }

    /** @return the same, published */
    public DeliverySegment published(Receipt proof) {
        return new DeliverySegment(deliveryId, index, content, key, SegmentState.PUBLISHED, uploads, frozen, proof);
    }
}
