package org.tocsin.feed;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Fault;
import org.tocsin.base.FaultException;
import org.tocsin.base.Ids;
import org.tocsin.base.Message;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.media.ImageLimits;
import org.tocsin.media.MediaType;
import org.tocsin.network.Channel;
import org.tocsin.network.ChannelHealth;
import org.tocsin.network.DeleteResult;
import org.tocsin.network.DeliveryKey;
import org.tocsin.network.Draft;
import org.tocsin.network.Editing;
import org.tocsin.network.FindResult;
import org.tocsin.network.Guarantee;
import org.tocsin.network.HeardPost;
import org.tocsin.network.Intent;
import org.tocsin.network.Limits;
import org.tocsin.network.Network;
import org.tocsin.network.PublishResult;
import org.tocsin.network.Reason;
import org.tocsin.network.Receipt;
import org.tocsin.network.RemoteRef;
import org.tocsin.network.RenderResult;
import org.tocsin.network.Segment;
import org.tocsin.post.TextSize;

/**
 * Our own feeds as a network: to publish is to store an item, so that what is not known can always be looked up, and a repeat under the
 * same key changes nothing.
 */
public final class FeedNetwork implements Network {
    /** The network's name. */
    public static final String ID = "feed";

    /** UTF-16 units: as much as a post can have. */
    private static final int MAX_TEXT = 100_000;

    private static final int MAX_IMAGES = 20;
    private static final int MAX_ALT = 10_000;
    /** Wide enough that the stored original is what a feed refers to. */
    private static final ImageLimits IMAGES =
            new ImageLimits(EnumSet.allOf(MediaType.class), 50_000_000, 50_000_000, 65_535, 131_070);

    private static final LocalDate DATED = LocalDate.of(2026, 11, 23);

    private final UnitOfWork unitOfWork;
    private final FeedRepository items;
    private final FeedShelf shelf;
    private final FeedEditing editing;
    private final FeedSettings settings;
    private final Ids ids;
    private final Clock clock;

    /**
     * @param feeds told of every change
     * @param pings told of every change
     */
    public FeedNetwork(
            UnitOfWork unitOfWork,
            FeedRepository items,
            Feeds feeds,
            FeedPings pings,
            FeedSettings settings,
            Ids ids,
            Clock clock) {
        this.unitOfWork = unitOfWork;
        this.items = items;
        this.shelf = new FeedShelf(items, feeds, pings);
        this.editing = new FeedEditing(unitOfWork, shelf, MAX_TEXT, clock);
        this.settings = settings;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Limits limits(Channel channel) {
        return new Limits(
                MAX_TEXT,
                MAX_TEXT,
                "utf-16",
                MAX_IMAGES,
                IMAGES,
                MAX_ALT,
                false,
                List.of(),
                List.of(),
                false,
                DATED,
                "our own feeds");
    }

    @Override
    public TextSize measure(Channel channel, Draft draft) {
        return new TextSize(draft.text().length(), MAX_TEXT, "utf-16");
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
    public List<Fault> validate(Channel channel) {
        return List.of();
    }

    @Override
    public boolean takesLinkCard(Channel channel) {
        return true;
    }

    @Override
    public RenderResult render(
            Channel channel, Segment segment, DeliveryKey key, @Nullable Receipt parent, List<String> uploads) {
        Optional<PartId> continued = Optional.ofNullable(parent).flatMap(receipt -> PartId.parse(receipt.remoteId()));
        if (parent != null && continued.isEmpty()) {
            return new RenderResult.NotRendered(new PublishResult.Refused(Reason.of("feed.item.gone")));
        }
        String text = XmlText.clean(segment.text());
        if (text.length() > MAX_TEXT) {
            return new RenderResult.NotRendered(
                    new PublishResult.Refused(Reason.of("feed.text", "limit", MAX_TEXT, "actual", text.length())));
        }
        RemoteRef replyTo = segment.replyTo();
        FeedRequest request = new FeedRequest(
                continued.map(PartId::item).orElse(null),
                segment.language(),
                text,
                segment.images().stream().map(FeedImage::of).toList(),
                segment.linkCard(),
                replyTo == null ? null : replyTo.url());
        return new RenderResult.Rendered(request.write(), text);
    }

    @Override
    public PublishResult publish(Channel channel, Intent intent) {
        FeedRequest request = FeedRequest.read(intent.body());
        Instant now = now();
        try {
            return unitOfWork.write(
                    Urgency.DELIVERY,
                    tx -> request.continues() == null
                            ? published(shelf.store(tx, channel, intent.key(), request, now), 0)
                            : shelf.append(tx, request.continues(), intent.key(), request.text(), now)
                                    .map(added -> published(added.item(), added.part()))
                                    .orElseGet(() -> new PublishResult.Refused(Reason.of("feed.item.gone"))));
        } catch (FaultException e) {
            // The store promises that nothing was changed.
            return new PublishResult.Unreachable(
                    new Reason(e.faults().getFirst().message(), null, ""));
        }
    }

    private PublishResult published(FeedItem item, int part) {
        return new PublishResult.Published(receipt(item, part));
    }

    private Receipt receipt(FeedItem item, int part) {
        String remoteId = new PartId(item.id(), part).remoteId();
        Instant at = Instant.ofEpochMilli(item.content().parts().get(part).publishedMillis());
        return new Receipt(remoteId, settings.item(item.id()), at, Map.of());
    }

    @Override
    public FindResult find(Channel channel, Intent intent) {
        FeedRequest request = FeedRequest.read(intent.body());
        Instant asked = now();
        try {
            Optional<FeedItem> item = unitOfWork.read(tx -> request.continues() == null
                    ? items.findByKey(tx, channel.id(), intent.key().value())
                    : items.find(tx, request.continues()));
            return item.flatMap(found -> FeedShelf.partOf(found, intent.key()).map(part -> receipt(found, part)))
                    .<FindResult>map(FindResult.Found::new)
                    .orElseGet(() -> new FindResult.AbsentAsOf(asked));
        } catch (FaultException e) {
            return new FindResult.Inconclusive(reason(e));
        }
    }

    @Override
    public DeleteResult delete(Channel channel, Receipt receipt) {
        Optional<PartId> id = PartId.parse(receipt.remoteId());
        if (id.isEmpty()) {
            return new DeleteResult.Gone();
        }
        Instant now = now();
        try {
            unitOfWork.write(Urgency.DELIVERY, tx -> shelf.withdraw(tx, id.get(), now));
            return new DeleteResult.Gone();
        } catch (FaultException e) {
            return new DeleteResult.Later(reason(e));
        }
    }

    @Override
    public Optional<Editing> editing(Channel channel) {
        return Optional.of(editing);
    }

    @Override
    public ChannelHealth check(Channel channel) {
        return new ChannelHealth(ChannelHealth.Status.OK, null, settings.organisation(), now());
    }

    @Override
    public String ownLike(Channel channel) {
        return settings.item("") + "…";
    }

    @Override
    public Optional<RemoteRef> reference(Channel channel, URI url) {
        String prefix = settings.item("");
        String address = url.toString();
        if (!address.startsWith(prefix)) {
            return Optional.empty();
        }
        return PartId.parse(address.substring(prefix.length()))
                .flatMap(id -> unitOfWork.read(tx -> items.find(tx, id.item())))
                .filter(item -> item.channelId().equals(channel.id()))
                .map(item -> new RemoteRef(item.id(), settings.item(item.id()), Map.of()));
    }

    @Override
    public Optional<Message> forbidsReply(Channel channel, HeardPost post) {
        return Optional.of(Message.of("feed.reply.none"));
    }

    private static Reason reason(FaultException fault) {
        return new Reason(fault.faults().getFirst().message(), null, "");
    }

    /** In whole milliseconds, so that what is read back equals what was written. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
