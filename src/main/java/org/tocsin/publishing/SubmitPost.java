package org.tocsin.publishing;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Fault;
import org.tocsin.base.FaultException;
import org.tocsin.base.FaultException.Kind;
import org.tocsin.base.Ids;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.base.Wakeup;
import org.tocsin.delivery.ChannelRepository;
import org.tocsin.delivery.Delivery;
import org.tocsin.delivery.DeliveryRepository;
import org.tocsin.delivery.DeliverySegment;
import org.tocsin.delivery.DeliveryState;
import org.tocsin.delivery.NextAction;
import org.tocsin.delivery.SegmentState;
import org.tocsin.media.MediaRepository;
import org.tocsin.network.Channel;
import org.tocsin.network.LinkCard;
import org.tocsin.network.LinkCards;
import org.tocsin.network.Network;
import org.tocsin.network.Networks;
import org.tocsin.people.Actor;
import org.tocsin.people.AuditTrail;
import org.tocsin.people.Scope;
import org.tocsin.post.Campaign;
import org.tocsin.post.CampaignRepository;
import org.tocsin.post.MentionBook;
import org.tocsin.post.Post;
import org.tocsin.post.TextCleaning;

/** Accepts a post: checked for each of its channels, then post, deliveries, segments, ledger and audit in one transaction. */
public final class SubmitPost {
    private static final Duration EQUAL_TEXT = Duration.ofHours(24);
    private static final String ALL = "*";

    private final UnitOfWork unitOfWork;
    private final PostRepository posts;
    private final DeliveryRepository deliveries;
    private final ChannelRepository channels;
    private final CampaignRepository campaigns;
    private final MediaRepository media;
    private final Networks networks;
    private final Composer composer;
    private final LinkCards cards;
    private final AuditTrail audit;
    private final PublishingSettings settings;
    private final Ids ids;
    private final Clock clock;
    private final Wakeup wakeup;

    public SubmitPost(
            UnitOfWork unitOfWork,
            PostRepository posts,
            DeliveryRepository deliveries,
            ChannelRepository channels,
            CampaignRepository campaigns,
            MediaRepository media,
            Networks networks,
            Composer composer,
            LinkCards cards,
            AuditTrail audit,
            PublishingSettings settings,
            Ids ids,
            Clock clock,
            Wakeup wakeup) {
        this.unitOfWork = unitOfWork;
        this.posts = posts;
        this.deliveries = deliveries;
        this.channels = channels;
        this.campaigns = campaigns;
        this.media = media;
        this.networks = networks;
        this.composer = composer;
        this.cards = cards;
        this.audit = audit;
        this.settings = settings;
        this.ids = ids;
        this.clock = clock;
        this.wakeup = wakeup;
    }

    /**
     * A request that was checked and not yet accepted.
     *
     * @param request  as asked
     * @param composed what will be said on each channel
     * @param language of the post
     * @param dueAt    when; null for at once
     * @param warnings what the author should know
     */
    public record Plan(
            PostRequest request,
            List<Composed> composed,
            String language,
            @Nullable Instant dueAt,
            ZoneId zone,
            List<Message> warnings) {}

    /** What everything is looked up from, in one snapshot. */
    private record Scene(
            List<Channel> channels,
            List<Fault> faults,
            MentionBook book,
            @Nullable Campaign campaign) {}

    /**
     * Checks a request, without accepting it. What a network has to be asked for (limits, link cards) is asked here, outside any
     * transaction.
     *
     * @throws FaultException INVALID with every fault found, FORBIDDEN, TOO_LARGE
     */
    public Plan plan(Actor actor, PostRequest request) {
        actor.require(Scope.POST);
        Scene scene = unitOfWork.read(tx -> scene(tx, actor, request));
        List<Fault> faults = new ArrayList<>(scene.faults());
        String language = language(request, faults);
        ZoneId zone = settings.zone();
        Instant dueAt = null;
        try {
            zone = Schedule.zone("/zone", request.zone(), settings.zone());
            dueAt = due(request, zone);
        } catch (FaultException e) {
            faults.addAll(e.faults());
        }
        if (TextCleaning.clean(request.text()).isEmpty()) {
            faults.add(Fault.at("/text", Message.of("post.text.empty")));
        }
        if (!faults.isEmpty()) {
            throw new FaultException(Kind.INVALID, faults);
        }
        LinkCard card = card(request, scene.channels());
        Composer.Context context = new Composer.Context(language, scene.book(), scene.campaign(), card);
        List<Composed> composed = new ArrayList<>();
        Kind kind = Kind.INVALID;
        for (Channel channel : scene.channels()) {
            try {
                composed.add(composer.compose(channel, request, context));
            } catch (FaultException e) {
                kind = e.kind();
                e.faults().stream().filter(fault -> !faults.contains(fault)).forEach(faults::add);
            }
        }
        if (!faults.isEmpty()) {
            throw new FaultException(kind, faults);
        }
        return new Plan(request, composed, language, dueAt, zone, warnings(composed));
    }

    private Scene scene(Tx tx, Actor actor, PostRequest request) {
        List<Fault> faults = new ArrayList<>();
        Campaign campaign = null;
        if (request.campaign() != null) {
            campaign = campaigns.find(tx, actor.branch(), request.campaign()).orElse(null);
            if (campaign == null) {
                faults.add(Fault.at("/campaign", Message.of("publishing.campaign.unknown", "id", request.campaign())));
            }
        }
        List<Channel> wanted = channels(tx, actor, request, campaign, faults);
        for (int i = 0; i < request.media().size(); i++) {
            String id = request.media().get(i).mediaId();
            if (media.find(tx, actor.branch(), id).isEmpty()) {
                faults.add(Fault.at("/media/" + i + "/id", Message.of("publishing.media.unknown", "id", id)));
            }
        }
        for (String key : request.variants().keySet()) {
            boolean known = wanted.stream()
                    .anyMatch(channel ->
                            channel.id().equals(key) || channel.network().equals(key));
            if (!known) {
                faults.add(Fault.at("/variants/" + key, Message.of("publishing.variant.unknown", "key", key)));
            }
        }
        return new Scene(wanted, faults, new MentionBook(campaigns.mentions(tx, actor.branch())), campaign);
    }

    private List<Channel> channels(
            Tx tx, Actor actor, PostRequest request, @Nullable Campaign campaign, List<Fault> faults) {
        List<Channel> all = channels.all(tx, actor.branch());
        List<String> asked = request.channels();
        if (asked != null && asked.equals(List.of(ALL))) {
            return all;
        }
        List<String> wanted = asked != null
                ? asked
                : campaign != null && !campaign.channels().isEmpty()
                        ? campaign.channels()
                        : channels.defaultSet(tx, actor.branch());
        if (wanted.isEmpty()) {
            faults.add(Fault.at("/channels", Message.of("publishing.channels.none")));
        }
        Set<Channel> found = new LinkedHashSet<>();
        for (int i = 0; i < wanted.size(); i++) {
            String id = wanted.get(i);
            int index = i;
            all.stream()
                    .filter(channel -> channel.id().equals(id))
                    .findFirst()
                    .ifPresentOrElse(
                            found::add,
                            () -> faults.add(Fault.at(
                                    "/channels/" + index,
                                    Message.of("publishing.channel.unknown", "id", id, "known", names(all)))));
        }
        return List.copyOf(found);
    }

    private static String names(List<Channel> all) {
        return String.join(", ", all.stream().map(Channel::id).toList());
    }

    private String language(PostRequest request, List<Fault> faults) {
        String asked = request.language() == null ? settings.language() : request.language();
        String tag = Locale.forLanguageTag(asked).toLanguageTag();
        if (!tag.equalsIgnoreCase(asked) || tag.equals("und")) {
            faults.add(Fault.at("/language", Message.of("publishing.language", "value", asked)));
        }
        return tag;
    }

    private @Nullable Instant due(PostRequest request, ZoneId zone) {
        Instant now = clock.instant();
        if (request.at() != null) {
            Instant at = Schedule.instant("/at", request.at(), zone);
            Schedule.future("/at", request.at(), at, now);
            return at;
        }
        if (request.undoSeconds() != null && (request.undoSeconds() < 0 || request.undoSeconds() > 3600)) {
            throw FaultException.invalid("/undoSeconds", Message.of("publishing.undo", "value", request.undoSeconds()));
        }
        Duration undo = request.undoSeconds() == null ? settings.undo() : Duration.ofSeconds(request.undoSeconds());
        return undo.isZero() ? null : now.plus(undo);
    }

    private @Nullable LinkCard card(PostRequest request, List<Channel> wanted) {
        boolean taken = settings.linkCards()
                && request.media().isEmpty()
                && wanted.stream().anyMatch(channel -> networks.of(channel).takesLinkCard(channel));
        return taken
                ? Composer.firstLink(request.text())
                        .flatMap(link -> cards.read(URI.create(link)))
                        .orElse(null)
                : null;
    }

    private List<Message> warnings(List<Composed> composed) {
        List<Message> warnings = new ArrayList<>();
        Instant since = clock.instant().minus(EQUAL_TEXT);
        for (Composed one : composed) {
            String text = one.parts().stream()
                    .map(part -> part.content().text())
                    .reduce((a, b) -> a + "\n\n" + b)
                    .orElseThrow();
            if (unitOfWork.read(tx -> deliveries.equalText(tx, one.channel().id(), text, since))) {
                warnings.add(Message.of(
                        "publishing.warning.equal", "channel", one.channel().id()));
            }
            boolean twice = composed.stream()
                    .anyMatch(other -> !other.channel()
                                    .id()
                                    .equals(one.channel().id())
                            && other.channel().network().equals(one.channel().network())
                            && other.parts()
                                    .getFirst()
                                    .content()
                                    .text()
                                    .equals(one.parts().getFirst().content().text())
                            && networks.of(one.channel()).limits(one.channel()).forbidsEqualText());
            if (twice) {
                warnings.add(Message.of(
                        "publishing.warning.two-accounts",
                        "channel",
                        one.channel().id(),
                        "network",
                        one.channel().network()));
            }
        }
        return warnings;
    }

    /** What was accepted. */
    public record Accepted(Post post, List<Delivery> deliveries, List<Message> warnings) {}

    /**
     * Accepts a plan.
     *
     * @param within what belongs to the same transaction (the idempotency key of the request); may throw to undo it all
     * @return what the caller makes of it
     */
    public <R> R accept(Actor actor, Plan plan, Within<R> within) {
        R result = unitOfWork.write(Urgency.REQUEST, tx -> {
            within.before(tx);
            return within.after(tx, insert(tx, actor, plan, null));
        });
        wakeup.ring();
        return result;
    }

    /** What a caller adds to the transaction. */
    public interface Within<R> {
        /** Runs first: may throw to refuse. */
        default void before(Tx tx) {}

        /** Runs last, with what was accepted. */
        R after(Tx tx, Accepted accepted);
    }

    /** Accepts a plan and returns it. */
    public Accepted accept(Actor actor, Plan plan) {
        return accept(actor, plan, (Tx tx, Accepted accepted) -> accepted);
    }

    Accepted insert(Tx tx, Actor actor, Plan plan, @Nullable String corrects) {
        Instant now = clock.instant();
        PostRequest request = plan.request();
        Post post = new Post(
                ids.next(),
                actor.branch(),
                actor.user(),
                TextCleaning.clean(request.text()),
                plan.language(),
                request.variants(),
                request.media(),
                request.replyTo(),
                request.campaign(),
                request.allowThread(),
                request.numbering(),
                request.at(),
                request.at() == null ? null : plan.zone().getId(),
                now,
                1,
                null,
                corrects);
        posts.insert(tx, post);
        List<Delivery> accepted = new ArrayList<>();
        for (Composed composed : plan.composed()) {
            accepted.add(insert(tx, post, composed, plan.dueAt(), now));
        }
        audit.add(tx, actor, "post.submit", post.id(), "deliveries=" + accepted.size());
        return new Accepted(post, accepted, plan.warnings());
    }

    private Delivery insert(Tx tx, Post post, Composed composed, @Nullable Instant dueAt, Instant now) {
        Channel channel = composed.channel();
        if (channels.find(tx, channel.id()).isEmpty()) {
            throw FaultException.notFound("channel", channel.id());
        }
        Instant due = dueAt == null ? now : dueAt;
        Delivery delivery = new Delivery(
                ids.next(),
                post.id(),
                post.branch(),
                channel.id(),
                channel.network(),
                deliveries.nextSequence(tx),
                dueAt == null ? DeliveryState.DUE : DeliveryState.SCHEDULED,
                now,
                null,
                NextAction.SEND,
                dueAt,
                1,
                due,
                due,
                0,
                null,
                null,
                null);
        deliveries.insert(tx, delivery, segments(delivery.id(), composed));
        return delivery;
    }

    private List<DeliverySegment> segments(String deliveryId, Composed composed) {
        Network network = networks.of(composed.channel());
        List<DeliverySegment> segments = new ArrayList<>();
        for (Composed.Part part : composed.parts()) {
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
}
