package org.tocsin.publishing;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Fault;
import org.tocsin.base.FaultException;
import org.tocsin.base.FaultException.Kind;
import org.tocsin.base.Message;
import org.tocsin.delivery.DeliverySegment.Content;
import org.tocsin.media.ImageLimits;
import org.tocsin.media.Media;
import org.tocsin.network.Channel;
import org.tocsin.network.Draft;
import org.tocsin.network.Limits;
import org.tocsin.network.LinkCard;
import org.tocsin.network.Network;
import org.tocsin.network.Networks;
import org.tocsin.network.RemoteRef;
import org.tocsin.post.Campaign;
import org.tocsin.post.MediaRef;
import org.tocsin.post.MentionBook;
import org.tocsin.post.MentionExpansion;
import org.tocsin.post.Numbering;
import org.tocsin.post.PostVariant;
import org.tocsin.post.SplitOptions;
import org.tocsin.post.TextCleaning;
import org.tocsin.post.TextEntities;
import org.tocsin.post.TextEntity;
import org.tocsin.post.TextRule;
import org.tocsin.post.TextSize;
import org.tocsin.post.TextSplitter;
import org.tocsin.post.Utm;

/** Makes of a request what will be said on one channel: variant, mentions, campaign, split, checked against the network's limits. */
public final class Composer {
    /** What is left of a character that was not UTF-8. */
    private static final char REPLACEMENT = '\uFFFD';

    private static final int MAX_TEXT = 100_000;

    private final Networks networks;

    public Composer(Networks networks) {
        this.networks = networks;
    }

    /**
     * What goes into every channel's text.
     *
     * @param language of the post
     * @param book     who may be mentioned
     * @param campaign null for none
     * @param media    the images of the request, in its order
     * @param answered what was heard and is answered; null where what is answered, if anything, is asked for at its network now
     * @param cards    reads the card of a link, each once
     */
    public record Context(
            String language,
            MentionBook book,
            @Nullable Campaign campaign,
            List<Media> media,
            @Nullable RemoteRef answered,
            Function<String, Optional<LinkCard>> cards) {}

    /**
     * @return what will be said
     * @throws FaultException INVALID with every fault that concerns this channel
     */
    public Composed compose(Channel channel, PostRequest request, Context context) {
        Network network = networks.of(channel);
        Limits limits = network.limits(channel);
        Source source = source(channel, request);
        List<Fault> faults = new ArrayList<>();
        images(channel, request.media(), limits, faults);
        animations(channel, context.media(), limits, faults);
        fields(channel, source, limits, faults);
        RemoteRef replyTo =
                context.answered() != null ? context.answered() : replyTo(network, channel, request.replyTo(), faults);
        if (!faults.isEmpty()) {
            throw new FaultException(Kind.INVALID, faults);
        }
        String text = text(network.standsFor(channel), source, context);
        boolean images = !request.media().isEmpty();
        TextRule first = part -> network.measure(channel, new Draft(part, source.contentWarning, images));
        TextRule rest = part -> network.measure(channel, new Draft(part, source.contentWarning, false));
        List<String> texts = parts(channel, request, source, context, limits, text, first, rest);
        LinkCard card = images || !network.takesLinkCard(channel)
                ? null
                : firstLink(text)
                        .flatMap(link -> context.cards().apply(link).map(read -> at(link, read)))
                        .orElse(null);
        List<Composed.Part> parts = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            Content content = new Content(
                    texts.get(i),
                    i == 0 ? request.media() : List.of(),
                    context.language(),
                    source.contentWarning,
                    source.visibility,
                    i == 0 ? card : null,
                    i == 0 ? replyTo : null);
            TextSize size = (i == 0 ? first : rest).measure(texts.get(i));
            String shown = network.shown(channel, new Draft(texts.get(i), source.contentWarning, i == 0 && images));
            parts.add(new Composed.Part(content, size, shown));
        }
        return new Composed(channel, parts);
    }

    /** A card leads where the text does, whatever the page calls itself. */
    private static LinkCard at(String link, LinkCard read) {
        return new LinkCard(link, read.title(), read.description(), read.imageUrl());
    }

    private record Source(
            String pointer,
            String text,
            @Nullable String contentWarning,
            @Nullable String visibility) {}

    private static Source source(Channel channel, PostRequest request) {
        for (String key : List.of(channel.id(), channel.network())) {
            PostVariant variant = request.variants().get(key);
            if (variant != null) {
                boolean own = variant.text() != null;
                return new Source(
                        own ? "/variants/" + key + "/text" : "/text",
                        own ? variant.text() : request.text(),
                        variant.contentWarning(),
                        variant.visibility());
            }
        }
        return new Source("/text", request.text(), null, null);
    }

    private static String text(String names, Source source, Context context) {
        String clean = TextCleaning.clean(source.text);
        if (clean.isEmpty()) {
            throw FaultException.invalid(source.pointer, Message.of("post.text.empty"));
        }
        if (clean.length() > MAX_TEXT) {
            throw new FaultException(
                    Kind.TOO_LARGE,
                    new Fault(
                            source.pointer,
                            Message.of("publishing.text.long", "limit", MAX_TEXT),
                            (long) MAX_TEXT,
                            (long) clean.length()));
        }
        if (clean.indexOf(REPLACEMENT) >= 0) {
            throw FaultException.invalid(source.pointer, Message.of("publishing.text.damaged"));
        }
        String expanded;
        try {
            expanded = MentionExpansion.expand(clean, names, context.book());
        } catch (FaultException e) {
            throw new FaultException(
                    e.kind(),
                    e.faults().stream()
                            .map(fault -> new Fault(source.pointer, fault.message(), fault.limit(), fault.actual()))
                            .toList());
        }
        Campaign campaign = context.campaign();
        return campaign == null ? expanded : new Utm(campaign.utm(), campaign.domains()).applyTo(expanded);
    }

    private static List<String> parts(
            Channel channel,
            PostRequest request,
            Source source,
            Context context,
            Limits limits,
            String text,
            TextRule first,
            TextRule rest) {
        TextSize size = first.measure(text);
        if (size.fits()) {
            return List.of(text);
        }
        // Where a caption is shorter than a message, what does not fit under the picture follows it as a reply.
        boolean caption = !request.media().isEmpty()
                && limits.maxCaption() < limits.maxText()
                && rest.measure(text).fits();
        if (!request.allowThread() && !caption) {
            throw new FaultException(
                    Kind.INVALID,
                    new Fault(
                            source.pointer,
                            Message.of(
                                    "publishing.text.over",
                                    "channel",
                                    channel.id(),
                                    "limit",
                                    size.limit(),
                                    "actual",
                                    size.actual(),
                                    "unit",
                                    size.unit()),
                            size.limit(),
                            size.actual()));
        }
        SplitOptions options = SplitOptions.of(Locale.forLanguageTag(context.language()))
                .numbered(request.numbering() && request.allowThread() ? Numbering.BRACKETS : Numbering.NONE)
                .keeping(keep(text, context.campaign()));
        return TextSplitter.split(text, first, rest, options);
    }

    private static List<String> keep(String text, @Nullable Campaign campaign) {
        List<String> keep = new ArrayList<>();
        if (campaign != null && campaign.hashtag() != null) {
            keep.add(campaign.hashtag());
        }
        firstLink(text).ifPresent(keep::add);
        return keep;
    }

    /** @return the first URL in a text */
    static Optional<String> firstLink(String text) {
        return TextEntities.find(text).stream()
                .filter(entity -> entity.kind() == TextEntity.Kind.LINK)
                .map(TextEntity::value)
                .findFirst();
    }

    private static void images(Channel channel, List<MediaRef> media, Limits limits, List<Fault> faults) {
        if (media.size() > limits.maxImages()) {
            faults.add(new Fault(
                    "/media",
                    Message.of(
                            "publishing.media.many",
                            "channel",
                            channel.id(),
                            "limit",
                            limits.maxImages(),
                            "actual",
                            media.size()),
                    (long) limits.maxImages(),
                    (long) media.size()));
        }
        boolean required =
                channel.setting("requireAlt").map(Boolean::parseBoolean).orElse(false);
        for (int i = 0; i < media.size(); i++) {
            String alt = media.get(i).alt();
            if (required && alt.isBlank()) {
                faults.add(Fault.at(
                        "/media/" + i + "/alt", Message.of("publishing.alt.required", "channel", channel.id())));
            }
            if (limits.maxAlt() > 0 && alt.length() > limits.maxAlt()) {
                faults.add(new Fault(
                        "/media/" + i + "/alt",
                        Message.of("publishing.alt.long", "channel", channel.id(), "limit", limits.maxAlt()),
                        (long) limits.maxAlt(),
                        (long) alt.length()));
            }
        }
    }

    /** An animation is not converted, so what a network will not take is told now and not when it is sent. */
    private static void animations(Channel channel, List<Media> media, Limits limits, List<Fault> faults) {
        ImageLimits images = limits.images();
        if (images == null) {
            return;
        }
        for (int i = 0; i < media.size(); i++) {
            Media one = media.get(i);
            if (one.animated() && !images.takes(one)) {
                faults.add(
                        Fault.at("/media/" + i, Message.of("publishing.animation.refused", "channel", channel.id())));
            } else if (images.asAnimation(one) && media.size() > 1) {
                faults.add(Fault.at("/media", Message.of("publishing.animation.alone", "channel", channel.id())));
            }
        }
    }

    private static void fields(Channel channel, Source source, Limits limits, List<Fault> faults) {
        String visibility = source.visibility;
        if (visibility != null && !limits.visibilities().contains(visibility)) {
            faults.add(Fault.at(
                    "/variants/" + channel.id() + "/visibility",
                    Message.of(
                            "publishing.visibility",
                            "channel",
                            channel.id(),
                            "value",
                            visibility,
                            "known",
                            String.join(", ", limits.visibilities()))));
        }
        if (source.contentWarning != null && !limits.contentWarning()) {
            faults.add(Fault.at(
                    "/variants/" + channel.id() + "/contentWarning",
                    Message.of("publishing.warning.none", "channel", channel.id())));
        }
    }

    private static @Nullable RemoteRef replyTo(
            Network network, Channel channel, @Nullable String address, List<Fault> faults) {
        if (address == null) {
            return null;
        }
        try {
            Optional<RemoteRef> found = network.reference(channel, URI.create(address));
            if (found.isPresent()) {
                return found.get();
            }
        } catch (IllegalArgumentException e) {
            faults.add(Fault.at("/replyTo", Message.of("publishing.reply.url", "value", address)));
            return null;
        }
        faults.add(
                Fault.at("/replyTo", Message.of("publishing.reply.other", "channel", channel.id(), "value", address)));
        return null;
    }
}
