package org.tocsin.publishing;

import java.util.List;
import org.tocsin.base.Message;
import org.tocsin.delivery.DeliverySegment;
import org.tocsin.network.Channel;
import org.tocsin.post.TextSize;

/**
 * A post as it will be on one channel.
 *
 * @param channel  where
 * @param parts    what will be said, in order; more than one for a thread
 * @param warnings what the author should know before it goes out
 */
public record Composed(Channel channel, List<Part> parts, List<Message> warnings) {
    public Composed {
        parts = List.copyOf(parts);
        warnings = List.copyOf(warnings);
    }

    /**
     * @param content what is said
     * @param size    by the network's own count
     */
    public record Part(DeliverySegment.Content content, TextSize size) {}
}
