package org.tocsin.publishing;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.tocsin.delivery.DeliverySegment;
import org.tocsin.delivery.SegmentState;
import org.tocsin.network.Channel;
import org.tocsin.network.Network;
import org.tocsin.network.RemoteRef;
import org.tocsin.post.TextSize;

/**
 * A post as it will be on one channel.
 *
 * @param channel  where
 * @param parts    what will be said, in order; more than one for a thread
 */
public record Composed(Channel channel, List<Part> parts) {
    public Composed {
        parts = List.copyOf(parts);
    }

    /** @return all of it, as it is remembered to tell an equal text */
    public String text() {
        return parts.stream().map(part -> part.content().text()).collect(Collectors.joining("\n\n"));
    }

    /** @return the same, its first part answering that post */
    Composed answering(RemoteRef post) {
        List<Part> answered = new ArrayList<>(parts);
        Part first = answered.getFirst();
        DeliverySegment.Content said = first.content();
        answered.set(
                0,
                new Part(
                        new DeliverySegment.Content(
                                said.text(),
                                said.media(),
                                said.language(),
                                said.contentWarning(),
                                said.visibility(),
                                said.linkCard(),
                                post),
                        first.size(),
                        first.shown()));
        return new Composed(channel, answered);
    }

    /** @return its segments, each with a fresh key of that network */
    List<DeliverySegment> segments(String deliveryId, Network network) {
        List<DeliverySegment> segments = new ArrayList<>();
        for (Part part : parts) {
            segments.add(new DeliverySegment(
                    deliveryId,
                    segments.size(),
                    part.content(),
                    network.newKey(),
                    SegmentState.PENDING,
                    List.of(),
                    null,
                    null));
        }
        return segments;
    }

    /**
     * @param content what is said
     * @param size    by the network's own count
     * @param shown   what a reader sees of the text
     */
    public record Part(DeliverySegment.Content content, TextSize size, String shown) {}
}
