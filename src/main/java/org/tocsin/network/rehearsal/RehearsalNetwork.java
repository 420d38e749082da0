package org.tocsin.network.rehearsal;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Fault;
import org.tocsin.base.FaultException;
import org.tocsin.base.Ids;
import org.tocsin.base.Message;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.network.Channel;
import org.tocsin.network.ChannelHealth;
import org.tocsin.network.DeleteResult;
import org.tocsin.network.DeliveryKey;
import org.tocsin.network.Draft;
import org.tocsin.network.Editing;
import org.tocsin.network.FindResult;
import org.tocsin.network.Guarantee;
import org.tocsin.network.Intent;
import org.tocsin.network.Limits;
import org.tocsin.network.Network;
import org.tocsin.network.OfflineRules;
import org.tocsin.network.PublishResult;
import org.tocsin.network.Reason;
import org.tocsin.network.Receipt;
import org.tocsin.network.RemoteRef;
import org.tocsin.network.RenderResult;
import org.tocsin.network.Segment;
import org.tocsin.post.TextSize;

/**
 * A network for practice: the limits, counting and link cards of the network named by the setting {@code standsFor}, and a timeline of
 * our own in the place of its servers. Nothing leaves the machine.
 */
public final class RehearsalNetwork implements Network {
    /** The network's name. */
    public static final String ID = "rehearsal";
    /** The channel's setting that says whose rules apply. */
    public static final String STANDS_FOR = "standsFor";
    /** The value of that setting for the rules of no network; also its default. */
    public static final String NONE = "none";

    /** Where the timeline is shown. */
    private static final String PAGES = "/rehearsal/";

    private static final Set<String> NETWORKS = Set.of("mastodon", "bluesky", "telegram", "x");

    private final UnitOfWork unitOfWork;
    private final RehearsalTimeline timeline;
    private final Function<String, Optional<OfflineRules>> rules;
    private final @Nullable String base;
    private final OfflineRules plain;
    private final RehearsalEditing editing;
    private final Ids ids;
    private final Clock clock;

    /**
     * @param rules those of a network by its id; empty where this daemon does not have it, and plain ones apply
     * @param base  where this machine shows the timeline, without a slash at its end; null where that is not known
     */
    public RehearsalNetwork(
            UnitOfWork unitOfWork,
            RehearsalTimeline timeline,
            Function<String, Optional<OfflineRules>> rules,
            @Nullable String base,
            Ids ids,
            Clock clock) {
        this.unitOfWork = unitOfWork;
        this.timeline = timeline;
        this.rules = rules;
        this.base = base;
        this.plain = new PlainRules();
        this.editing = new RehearsalEditing(unitOfWork, timeline, this::measure, clock);
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public String id() {
        return ID;
    }

    private static String named(Channel channel) {
        return channel.setting(STANDS_FOR).orElse(NONE);
    }

    @Override
    public String standsFor(Channel channel) {
        String name = named(channel);
        return NETWORKS.contains(name) ? name : ID;
    }

    private OfflineRules rules(Channel channel) {
        String name = named(channel);
        return NETWORKS.contains(name) ? rules.apply(name).orElse(plain) : plain;
    }

    @Override
    public Limits limits(Channel channel) {
        return rules(channel).limits();
    }

    @Override
    public TextSize measure(Channel channel, Draft draft) {
        return rules(channel).measure(draft);
    }

    @Override
    public String shown(Channel channel, Draft draft) {
        return rules(channel).shown(draft);
    }

    @Override
    public boolean takesLinkCard(Channel channel) {
        return rules(channel).takesLinkCard();
    }

    @Override
    public Guarantee guarantee(Channel channel) {
        return Guarantee.of(Guarantee.Kind.KEYED);
    }

    @Override
    public DeliveryKey newKey() {
        return new DeliveryKey(ids.next());
    }

    @Override
    public Set<String> settings() {
        return Set.of(STANDS_FOR);
    }

    @Override
    public List<Fault> validate(Channel channel) {
        String name = named(channel);
        if (name.equals(NONE) || NETWORKS.contains(name)) {
            return List.of();
        }
        String known = NONE + ", " + String.join(", ", new TreeSet<>(NETWORKS));
        return List.of(
                Fault.at("/settings/" + STANDS_FOR, Message.of("rehearsal.stands-for", "value", name, "known", known)));
    }

    @Override
    public RenderResult render(
            Channel channel, Segment segment, DeliveryKey key, @Nullable Receipt parent, List<String> uploads) {
        Draft draft = new Draft(
                segment.text(), segment.contentWarning(), !segment.images().isEmpty());
        TextSize size = measure(channel, draft);
        if (!size.fits()) {
            return refused("rehearsal.text", "limit", size.limit(), "actual", size.actual(), "unit", size.unit());
        }
        int maxImages = limits(channel).maxImages();
        if (segment.images().size() > maxImages) {
            return refused(
                    "rehearsal.images",
                    "limit",
                    maxImages,
                    "actual",
                    segment.images().size());
        }
        RehearsalContent content = new RehearsalContent(
                named(channel),
                segment.text(),
                segment.language(),
                segment.contentWarning(),
                segment.visibility(),
                segment.images().stream().map(RehearsalImage::of).toList(),
                segment.linkCard(),
                parentId(segment, parent),
                segment.index(),
                segment.count());
        return new RenderResult.Rendered(content.write(), segment.text());
    }

    private static @Nullable String parentId(Segment segment, @Nullable Receipt parent) {
        if (parent != null) {
            return parent.remoteId();
        }
        return segment.replyTo() == null ? null : segment.replyTo().remoteId();
    }

    private static RenderResult refused(String code, Object... pairs) {
        return new RenderResult.NotRendered(new PublishResult.Refused(Reason.of(code, pairs)));
    }

    @Override
    public PublishResult publish(Channel channel, Intent intent) {
        RehearsalPost post = new RehearsalPost(
                ids.next(),
                channel.branch(),
                channel.id(),
                intent.key().value(),
                RehearsalContent.read(intent.body()),
                now(),
                null,
                null);
        try {
            RehearsalPost stored = unitOfWork.write(
                    Urgency.DELIVERY,
                    tx -> timeline.insert(tx, post)
                            ? post
                            : timeline.findByKey(tx, post.channelId(), post.key())
                                    .orElseThrow());
            return new PublishResult.Published(receipt(stored));
        } catch (FaultException e) {
            // The store promises that nothing was changed.
            return new PublishResult.Unreachable(reason(e));
        }
    }

    @Override
    public FindResult find(Channel channel, Intent intent) {
        Instant asked = now();
        try {
            return unitOfWork
                    .read(tx ->
                            timeline.findByKey(tx, channel.id(), intent.key().value()))
                    .<FindResult>map(post -> new FindResult.Found(receipt(post)))
                    .orElseGet(() -> new FindResult.AbsentAsOf(asked));
        } catch (FaultException e) {
            return new FindResult.Inconclusive(reason(e));
        }
    }

    @Override
    public DeleteResult delete(Channel channel, Receipt receipt) {
        Instant now = now();
        try {
            unitOfWork.write(Urgency.DELIVERY, tx -> {
                timeline.withdraw(tx, channel.id(), receipt.remoteId(), now);
                return receipt;
            });
            return new DeleteResult.Gone();
        } catch (FaultException e) {
            return new DeleteResult.Later(reason(e));
        }
    }

    /** What the network that it stands for cannot do, the rehearsal does not do either. */
    @Override
    public Optional<Editing> editing(Channel channel) {
        return rules(channel).edits() ? Optional.of(editing) : Optional.empty();
    }

    @Override
    public ChannelHealth check(Channel channel) {
        List<Fault> faults = validate(channel);
        return faults.isEmpty()
                ? new ChannelHealth(ChannelHealth.Status.OK, null, named(channel), clock.instant())
                : new ChannelHealth(
                        ChannelHealth.Status.DEGRADED,
                        new Reason(faults.getFirst().message(), null, ""),
                        null,
                        clock.instant());
    }

    /** A rehearsal asks nobody: what is answered is taken to be there. */
    @Override
    public Optional<RemoteRef> reference(Channel channel, URI url) {
        return Optional.ofNullable(url.getHost()).map(_ -> new RemoteRef(url.toString(), url.toString(), Map.of()));
    }

    /** What was rehearsed is in the timeline, whatever the machine's name is in the address. */
    @Override
    public Optional<RemoteRef> own(Channel channel, URI url) {
        String prefix = PAGES + channel.id() + "/";
        String path = url.getPath() == null ? "" : url.getPath();
        return !path.startsWith(prefix)
                ? Optional.empty()
                : unitOfWork
                        .read(tx -> timeline.find(tx, channel.branch(), channel.id(), path.substring(prefix.length())))
                        .map(this::receipt)
                        .map(found -> new RemoteRef(found.remoteId(), url.toString(), Map.of()));
    }

    @Override
    public String ownLike(Channel channel) {
        return (base == null ? "http://…" : base) + PAGES + channel.id() + "/…";
    }

    private Receipt receipt(RehearsalPost post) {
        String url = base == null ? null : base + PAGES + post.channelId() + "/" + post.id();
        return new Receipt(post.id(), url, post.publishedAt(), Map.of());
    }

    private static Reason reason(FaultException fault) {
        return new Reason(fault.faults().getFirst().message(), null, "");
    }

    /** In whole milliseconds, so that what is read back equals what was written. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
