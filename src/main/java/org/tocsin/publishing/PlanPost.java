package org.tocsin.publishing;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Fault;
import org.tocsin.base.FaultException;
import org.tocsin.base.FaultException.Kind;
import org.tocsin.base.LanguageTags;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;
import org.tocsin.delivery.ChannelRepository;
import org.tocsin.delivery.DeliveryRepository;
import org.tocsin.delivery.Freeze;
import org.tocsin.delivery.FreezeRepository;
import org.tocsin.delivery.Gate;
import org.tocsin.media.Media;
import org.tocsin.media.MediaRepository;
import org.tocsin.network.Channel;
import org.tocsin.network.ChannelHealth;
import org.tocsin.network.LinkCard;
import org.tocsin.network.LinkCards;
import org.tocsin.network.Networks;
import org.tocsin.network.RemoteRef;
import org.tocsin.people.Actor;
import org.tocsin.people.Scope;
import org.tocsin.post.Campaign;
import org.tocsin.post.CampaignRepository;
import org.tocsin.post.MentionBook;
import org.tocsin.post.PostVariant;
import org.tocsin.post.TextCleaning;

/** Checks a request for each of its channels, without accepting anything: what a dry run shows is what would go out. */
public final class PlanPost {
    private static final Duration EQUAL_TEXT = Duration.ofHours(24);
    private static final String ALL = "*";
    private static final String REPLY_TO = "/replyTo";

    private final UnitOfWork unitOfWork;
    private final DeliveryRepository deliveries;
    private final ChannelRepository channels;
    private final CampaignRepository campaigns;
    private final FreezeRepository freezes;
    private final NextSlot nextSlot;
    private final MediaRepository media;
    private final Networks networks;
    private final Answering answering;
    private final Composer composer;
    private final Function<URI, Optional<LinkCard>> cards;
    private final PublishingSettings settings;
    private final Clock clock;

    /** @param cards reads the page behind a link, as {@link LinkCards#read} does */
    public PlanPost(
            UnitOfWork unitOfWork,
            DeliveryRepository deliveries,
            ChannelRepository channels,
            CampaignRepository campaigns,
            FreezeRepository freezes,
            NextSlot nextSlot,
            MediaRepository media,
            Networks networks,
            Answering answering,
            Composer composer,
            Function<URI, Optional<LinkCard>> cards,
            PublishingSettings settings,
            Clock clock) {
        this.unitOfWork = unitOfWork;
        this.deliveries = deliveries;
        this.channels = channels;
        this.campaigns = campaigns;
        this.freezes = freezes;
        this.nextSlot = nextSlot;
        this.media = media;
        this.networks = networks;
        this.answering = answering;
        this.composer = composer;
        this.cards = cards;
        this.settings = settings;
        this.clock = clock;
    }

    /** What everything is looked up from, in one snapshot. */
    private record Scene(
            List<Channel> channels,
            List<Fault> faults,
            MentionBook book,
            @Nullable Campaign campaign,
            List<Media> media,
            @Nullable RemoteRef answered) {}

    /**
     * Checks a request. What a network has to be asked for (limits, link cards) is asked here, outside any transaction.
     *
     * @throws FaultException INVALID with every fault found, FORBIDDEN, TOO_LARGE
     */
    public PostPlan plan(Actor actor, PostRequest request) {
        return plan(actor, request, null, composed -> false);
    }

    /**
     * What was accepted once, planned anew to be looked at: a campaign that is gone since is no fault, and the pages behind links are not read.
     *
     * @throws FaultException INVALID as for a submission
     */
    public PostPlan stands(Actor actor, PostRequest request) {
        return plan(actor, request, new Again(false), composed -> true, false);
    }

    /** The same, but for the pages behind links, which are not read: what would go out, save for its link cards. */
    PostPlan look(Actor actor, PostRequest request) {
        return plan(actor, request, null, composed -> false, false);
    }

    /**
     * A post that was accepted before: what was right then is no fault now, though a campaign is gone or a channel was cancelled.
     *
     * @param fields whether what is said of the whole post is new
     * @param due    when it goes out where its time is not changed; null for now
     */
    record Again(boolean fields, @Nullable Instant due) {
        Again(boolean fields) {
            this(fields, null);
        }
    }

    /**
     * @param again null for what is asked for the first time
     * @param own    whether a text is the post's own already, so that nobody is warned that it was accepted before
     */
    PostPlan plan(Actor actor, PostRequest wanted, @Nullable Again again, Predicate<Composed> own) {
        return plan(actor, wanted, again, own, settings.linkCards());
    }

    private PostPlan plan(
            Actor actor, PostRequest wanted, @Nullable Again again, Predicate<Composed> own, boolean cards) {
        actor.require(Scope.POST);
        Scene scene = unitOfWork.read(tx -> scene(tx, actor, wanted, again != null));
        PostRequest addressed = scene.answered() == null
                ? wanted
                : wanted.answering(scene.answered().url());
        PostRequest varied = addressed.varied(rehearsed(wanted.variants(), scene.channels()));
        boolean strict = again == null || again.fields();
        List<Fault> faults = new ArrayList<>(scene.faults());
        List<Message> warnings = new ArrayList<>();
        boolean slotted = PostRequest.NEXT.equals(varied.at());
        PostRequest asked = slotted ? slotted(actor, varied, scene.channels(), again != null, faults) : varied;
        String language = language(asked, faults);
        ZoneId zone = settings.zone();
        Instant dueAt = null;
        try {
            zone = Schedule.zone("/zone", asked.zone(), settings.zone());
            dueAt = due(asked, zone);
        } catch (FaultException e) {
            faults.addAll(e.faults());
        }
        if (TextCleaning.clean(asked.text()).isEmpty()) {
            faults.add(Fault.at("/text", Message.of("post.text.empty")));
        }
        PostRequest request = new PostWideFields(networks).spread(asked, scene.channels(), strict, faults, warnings);
        if (!faults.isEmpty()) {
            throw new FaultException(Kind.INVALID, faults);
        }
        Map<String, Optional<LinkCard>> read = new HashMap<>();
        Composer.Context context = new Composer.Context(
                language,
                scene.book(),
                scene.campaign(),
                scene.media(),
                scene.answered(),
                link -> cards ? read.computeIfAbsent(link, this::card) : Optional.empty());
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
        if (asked.at() != null) {
            Schedule.twice(asked.at(), zone).ifPresent(warnings::add);
        }
        // What is only reworded goes out when it was to go out, and not while it is reworded.
        Instant out = dueAt == null && again != null ? again.due() : dueAt;
        outside(scene.campaign(), out, zone).ifPresent(warnings::add);
        warnings.addAll(frozen(actor, composed, out));
        warnings.addAll(warnings(actor, composed, out, own));
        return new PostPlan(asked, composed, language, dueAt, zone, slotted, warnings, null);
    }

    /** The next free slot as a local time; the same is found again when the post is accepted, or the one after it. */
    private PostRequest slotted(
            Actor actor, PostRequest request, List<Channel> channels, boolean again, List<Fault> faults) {
        if (again || request.zone() != null) {
            faults.add(
                    again
                            ? Fault.at("/at", Message.of("publishing.slot.edit"))
                            : Fault.at("/zone", Message.of("publishing.slot.zone")));
            return request.at(null);
        }
        if (channels.isEmpty()) {
            return request.at(null);
        }
        try {
            Instant at = unitOfWork.read(tx -> nextSlot.require(
                    tx, actor.branch(), channels.stream().map(Channel::id).toList(), clock.instant()));
            return request.at(nextSlot.local(at));
        } catch (FaultException none) {
            faults.addAll(none.faults());
            return request.at(null);
        }
    }

    /** Variants as a post that waits keeps them, see {@link #rehearsed}; what is for none of these channels stays as it is. */
    Map<String, PostVariant> named(Actor actor, Map<String, PostVariant> variants, Set<String> channelIds) {
        return rehearsed(
                variants,
                unitOfWork.read(tx -> channels.all(tx, actor.branch())).stream()
                        .filter(channel -> channelIds.contains(channel.id()))
                        .toList());
    }

    /** What is meant for a network is rehearsed where a rehearsal stands for it; it is kept under the rehearsal's own name. */
    private Map<String, PostVariant> rehearsed(Map<String, PostVariant> variants, List<Channel> channels) {
        Map<String, PostVariant> named = new HashMap<>(variants);
        for (Channel channel : channels) {
            String stood = networks.standsFor(channel);
            PostVariant meant = variants.get(stood);
            if (meant != null && !stood.equals(channel.network())) {
                named.putIfAbsent(channel.id(), meant);
                if (channels.stream()
                        .noneMatch(other ->
                                other.id().equals(stood) || other.network().equals(stood))) {
                    named.remove(stood);
                }
            }
        }
        return named;
    }

    /** A freeze holds what falls into it: whoever plans it there is told so now, and not when it is due. */
    private List<Message> frozen(Actor actor, List<Composed> composed, @Nullable Instant dueAt) {
        Instant at = dueAt == null ? clock.instant() : dueAt;
        List<Freeze> standing = unitOfWork.read(tx -> freezes.standing(tx, actor.branch(), clock.instant()));
        List<Message> warnings = new ArrayList<>();
        for (Composed one : composed) {
            String channel = one.channel().id();
            Instant last = at.plus(Gate.SEGMENT.multipliedBy(one.parts().size() - 1));
            standing.stream()
                    .filter(freeze -> freeze.covers(channel, at, last))
                    .findFirst()
                    .map(freeze -> freeze.until() == null
                            ? Message.of("publishing.warning.frozen.open", "channel", channel, "why", freeze.reason())
                            : Message.of(
                                    "publishing.warning.frozen",
                                    "channel",
                                    channel,
                                    "why",
                                    freeze.reason(),
                                    "until",
                                    freeze.until()))
                    .ifPresent(warnings::add);
        }
        return warnings;
    }

    /** A campaign that is over, or has not begun, is told and not refused: thanks are said after the last day. */
    private Optional<Message> outside(@Nullable Campaign campaign, @Nullable Instant dueAt, ZoneId zone) {
        if (campaign == null) {
            return Optional.empty();
        }
        LocalDate day = LocalDate.ofInstant(dueAt == null ? clock.instant() : dueAt, zone);
        boolean early = campaign.from() != null && day.isBefore(campaign.from());
        boolean late = campaign.until() != null && day.isAfter(campaign.until());
        return early || late
                ? Optional.of(Message.of("publishing.warning.campaign", "id", campaign.id(), "day", day))
                : Optional.empty();
    }

    private Scene scene(Tx tx, Actor actor, PostRequest request, boolean again) {
        List<Fault> faults = new ArrayList<>();
        Campaign campaign = null;
        if (request.campaign() != null) {
            campaign = campaigns.find(tx, actor.branch(), request.campaign()).orElse(null);
            if (campaign == null && !again) {
                faults.add(Fault.at("/campaign", Message.of("publishing.campaign.unknown", "id", request.campaign())));
            }
        }
        Optional<HeardPosts.Heard> heard = heard(tx, actor, request, faults);
        List<Channel> wanted = heard.isPresent() && request.channels() == null && request.campaign() == null
                ? first(tx, actor, request, faults)
                : channels(tx, actor, request, campaign, faults);
        heard.ifPresent(post -> wanted.stream()
                .flatMap(channel -> answering.forbids(tx, channel, post).stream())
                .forEach(why -> faults.add(Fault.at(REPLY_TO, why))));
        List<Media> found = new ArrayList<>();
        for (int i = 0; i < request.media().size(); i++) {
            String id = request.media().get(i).mediaId();
            int index = i;
            media.find(tx, actor.branch(), id)
                    .ifPresentOrElse(
                            found::add,
                            () -> faults.add(Fault.at(
                                    "/media/" + index + "/id", Message.of("publishing.media.unknown", "id", id))));
        }
        for (String key : request.variants().keySet()) {
            boolean known = wanted.stream()
                    .anyMatch(channel -> channel.id().equals(key)
                            || networks.standsFor(channel).equals(key));
            if (!known) {
                faults.add(Fault.at("/variants/" + key, Message.of("publishing.variant.unknown", "key", key)));
            }
        }
        return new Scene(
                wanted,
                faults,
                new MentionBook(campaigns.mentions(tx, actor.branch())),
                campaign,
                found,
                heard.map(HeardPosts.Heard::url)
                        .map(url -> new RemoteRef("", url, Map.of()))
                        .orElse(null));
    }

    /** What was heard is looked for at its network when the answer is sent: while one writes, nobody is asked. */
    private Optional<HeardPosts.Heard> heard(Tx tx, Actor actor, PostRequest request, List<Fault> faults) {
        String replyTo = request.replyTo();
        if (replyTo == null || !Answering.isMention(replyTo)) {
            return Optional.empty();
        }
        Optional<HeardPosts.Heard> heard = answering.find(tx, actor.branch(), replyTo);
        if (heard.isEmpty()) {
            faults.add(Fault.at(REPLY_TO, Message.of("publishing.answer.gone")));
        }
        return heard;
    }

    /** An answer for which no channel is named comes from one: that which has heard, where it can. */
    private List<Channel> first(Tx tx, Actor actor, PostRequest request, List<Fault> faults) {
        String mention = String.valueOf(request.replyTo());
        Answering.Ways ways =
                answering.ways(tx, actor.branch(), List.of(mention)).get(mention);
        if (ways.why() != null) {
            faults.add(Fault.at(REPLY_TO, ways.why()));
        }
        return channels.all(tx, actor.branch()).stream()
                .filter(channel -> ways.channels().stream().limit(1).anyMatch(channel.id()::equals))
                .toList();
    }

    private List<Channel> channels(
            Tx tx, Actor actor, PostRequest request, @Nullable Campaign campaign, List<Fault> faults) {
        List<Channel> all = channels.all(tx, actor.branch());
        List<String> asked = request.channels();
        if (asked != null && asked.equals(List.of(ALL))) {
            if (all.isEmpty()) {
                faults.add(Fault.at("/channels", Message.of("publishing.channels.none")));
            }
            return all;
        }
        List<String> wanted = asked != null
                ? asked
                : campaign != null && !campaign.channels().isEmpty()
                        ? campaign.channels()
                        : channels.defaultSet(tx, actor.branch());
        if (wanted.isEmpty()) {
            faults.add(Fault.at(
                    "/channels", Message.of(asked == null ? "publishing.channels.none" : "publishing.channels.empty")));
        }
        Set<Channel> found = new LinkedHashSet<>();
        boolean own = asked != null;
        for (int i = 0; i < wanted.size(); i++) {
            String id = wanted.get(i);
            int index = i;
            all.stream().filter(channel -> channel.id().equals(id)).findFirst().ifPresentOrElse(found::add, () -> {
                // What a campaign still lists was removed since, and is not of the author's making.
                if (own) {
                    faults.add(Fault.at(
                            "/channels/" + index,
                            Message.of("publishing.channel.unknown", "id", id, "known", names(all))));
                }
            });
        }
        if (!own && !wanted.isEmpty() && found.isEmpty()) {
            faults.add(Fault.at("/channels", Message.of("publishing.channels.none")));
        }
        return List.copyOf(found);
    }

    private static String names(List<Channel> all) {
        return String.join(", ", all.stream().map(Channel::id).toList());
    }

    private String language(PostRequest request, List<Fault> faults) {
        String asked = request.language() == null ? settings.language() : request.language();
        if (!LanguageTags.known(asked)) {
            faults.add(Fault.at("/language", Message.of("publishing.language", "value", asked)));
        }
        return LanguageTags.canonical(asked);
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

    private Optional<LinkCard> card(String link) {
        try {
            return cards.apply(URI.create(link));
        } catch (IllegalArgumentException noAddress) {
            // A text may hold what looks like a link and is none; it goes out without a card.
            return Optional.empty();
        }
    }

    private List<Message> warnings(
            Actor actor, List<Composed> composed, @Nullable Instant dueAt, Predicate<Composed> own) {
        List<Message> warnings = new ArrayList<>();
        Instant at = dueAt == null ? clock.instant() : dueAt;
        for (Composed one : composed) {
            String text = one.text();
            if (ApprovePost.wanted(actor, one.channel())) {
                warnings.add(Message.of(
                        "publishing.warning.approval", "channel", one.channel().id()));
            }
            if (unitOfWork.read(tx -> channels.health(tx, one.channel().id())).status()
                    == ChannelHealth.Status.UNAUTHORIZED) {
                warnings.add(Message.of(
                        "publishing.warning.channel", "channel", one.channel().id()));
            }
            if (!own.test(one)
                    && unitOfWork.read(tx -> deliveries.equalText(
                            tx, one.channel().id(), text, at.minus(EQUAL_TEXT), at.plus(EQUAL_TEXT)))) {
                warnings.add(Message.of(
                        "publishing.warning.equal", "channel", one.channel().id()));
            }
            composed.stream()
                    .filter(other ->
                            one.channel().id().compareTo(other.channel().id()) < 0)
                    .filter(other ->
                            one.channel().network().equals(other.channel().network()))
                    .filter(other -> ChannelSettings.sameAccount(
                            one.channel().settings(), other.channel().settings()))
                    .forEach(other -> warnings.add(Message.of(
                            "publishing.warning.same-account",
                            "channel",
                            one.channel().id(),
                            "other",
                            other.channel().id())));
            boolean twice = composed.stream()
                    .anyMatch(other -> !other.channel()
                                    .id()
                                    .equals(one.channel().id())
                            && networks.standsFor(other.channel()).equals(networks.standsFor(one.channel()))
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
                        networks.standsFor(one.channel())));
            }
        }
        return warnings;
    }
}
