package org.tocsin.publishing;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Fault;
import org.tocsin.base.Message;
import org.tocsin.network.Channel;
import org.tocsin.network.Limits;
import org.tocsin.network.Networks;
import org.tocsin.post.PostVariant;

/**
 * A content warning or a visibility that is said of the whole post goes to those channels that have a field for it. Where none has, it is
 * refused; where some have not, the author is warned.
 */
final class PostWideFields {
    private final Networks networks;

    PostWideFields(Networks networks) {
        this.networks = networks;
    }

    PostRequest spread(PostRequest request, List<Channel> channels, List<Fault> faults, List<Message> warnings) {
        String warning = request.contentWarning();
        String visibility = request.visibility();
        if (warning == null && visibility == null) {
            return request;
        }
        Map<String, PostVariant> variants = new HashMap<>(request.variants());
        boolean warned = warning == null;
        boolean seen = visibility == null;
        for (Channel channel : channels) {
            Limits limits = networks.of(channel).limits(channel);
            boolean takesWarning = warning != null && limits.contentWarning();
            boolean takesVisibility =
                    visibility != null && limits.visibilities().contains(visibility);
            warned |= takesWarning;
            seen |= takesVisibility;
            if (warning != null && !takesWarning) {
                warnings.add(Message.of("publishing.warning.no-warning", "channel", channel.id()));
            }
            if (visibility != null && !takesVisibility) {
                warnings.add(
                        Message.of("publishing.warning.no-visibility", "channel", channel.id(), "value", visibility));
            }
            if (takesWarning || takesVisibility) {
                PostVariant own = request.variants()
                        .getOrDefault(
                                channel.id(),
                                request.variants().getOrDefault(channel.network(), new PostVariant(null, null, null)));
                variants.put(
                        channel.id(),
                        new PostVariant(
                                own.text(),
                                first(own.contentWarning(), takesWarning ? warning : null),
                                first(own.visibility(), takesVisibility ? visibility : null)));
            }
        }
        if (!warned) {
            faults.add(Fault.at("/contentWarning", Message.of("publishing.warning.nowhere")));
        }
        if (!seen) {
            faults.add(Fault.at("/visibility", Message.of("publishing.visibility.nowhere", "value", visibility)));
        }
        return request.with(variants);
    }

    private static @Nullable String first(@Nullable String own, @Nullable String whole) {
        return own != null ? own : whole;
    }
}
