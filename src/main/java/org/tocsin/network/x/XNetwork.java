package org.tocsin.network.x;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Fault;
import org.tocsin.base.Message;
import org.tocsin.http.HttpBody;
import org.tocsin.http.HttpClient;
import org.tocsin.http.HttpResult;
import org.tocsin.http.RetryAfter;
import org.tocsin.media.ImageLimits;
import org.tocsin.media.MediaType;
import org.tocsin.network.Answers;
import org.tocsin.network.Channel;
import org.tocsin.network.ChannelHealth;
import org.tocsin.network.Cost;
import org.tocsin.network.DeleteResult;
import org.tocsin.network.DeliveryKey;
import org.tocsin.network.Draft;
import org.tocsin.network.FindResult;
import org.tocsin.network.Guarantee;
import org.tocsin.network.HeardPost;
import org.tocsin.network.Intent;
import org.tocsin.network.Limits;
import org.tocsin.network.Network;
import org.tocsin.network.Probed;
import org.tocsin.network.PublishResult;
import org.tocsin.network.Query;
import org.tocsin.network.Rate;
import org.tocsin.network.Reason;
import org.tocsin.network.Receipt;
import org.tocsin.network.RemoteRef;
import org.tocsin.network.RenderResult;
import org.tocsin.network.Segment;
import org.tocsin.network.SegmentImage;
import org.tocsin.network.UploadResult;
import org.tocsin.post.TextSize;

/** The adapter for one user of X. */
public final class XNetwork implements Network {
    /** The adapter's id. */
    public static final String ID = "x";

    private static final int MAX_IMAGES = 4;

    /** 5 MB, and 15 MB for an animated GIF, are documented; the bounds in pixels are not, so they are cautious. */
    private static final ImageLimits IMAGES = new ImageLimits(
            Set.of(MediaType.JPEG, MediaType.PNG, MediaType.WEBP),
            5_000_000,
            16_777_216,
            4096,
            8192,
            new ImageLimits.Animations(15_000_000));

    private static final Limits LIMITS = new Limits(
            XText.MAX,
            XText.MAX,
            XText.UNIT,
            MAX_IMAGES,
            IMAGES,
            XUploads.MAX_ALT,
            false,
            List.of(),
            List.of(new Rate("posts-15min", 100, Duration.ofMinutes(15))),
            true,
            LocalDate.of(2026, 11, 23),
            "https://docs.x.com (rate limits, media, pricing), twitter-text configuration v3");

    private final XApi api;
    private final XAnswers answers;
    private final XAccounts accounts;
    private final XUploads uploads;
    private final XTimeline timeline;
    private final Clock clock;

    /**
     * @param http       the way out
     * @param retryAfter reads how long to wait
     * @param clock      tells now
     */
    public XNetwork(HttpClient http, RetryAfter retryAfter, Clock clock) {
        this.api = new XApi(http);
        this.answers = new XAnswers(retryAfter);
        this.accounts = new XAccounts(api, answers);
        this.uploads = new XUploads(api, answers);
        this.timeline = new XTimeline(api, answers, clock);
        this.clock = clock;
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Limits limits(Channel channel) {
        return LIMITS;
    }

    @Override
    public TextSize measure(Channel channel, Draft draft) {
        return new TextSize(XText.weight(draft.text()), XText.MAX, XText.UNIT);
    }

    @Override
    public String shown(Channel channel, Draft draft) {
        return XText.shown(draft.text());
    }

    @Override
    public Guarantee guarantee(Channel channel) {
        return Guarantee.of(Guarantee.Kind.PROBED);
    }

    @Override
    public DeliveryKey newKey() {
        return new DeliveryKey(UUID.randomUUID().toString());
    }

    @Override
    public Set<String> settings() {
        Set<String> names = new HashSet<>(XPrices.settings());
        names.addAll(Set.of(
                XAccess.BASE_SETTING,
                XAccess.CEILING_SETTING,
                XAccounts.ACCOUNT_SETTING,
                XMetrics.WANTED_SETTING,
                "username",
                "fieldsParameter"));
        return Set.copyOf(names);
    }

    @Override
    public List<Fault> validate(Channel channel) {
        return XAccess.faults(channel);
    }

    @Override
    public UploadResult upload(Channel channel, SegmentImage image) {
        return unusable(channel)
                .<UploadResult>map(UploadResult.Failed::new)
                .orElseGet(() -> uploads.upload(channel, image));
    }

    @Override
    public UploadResult uploadState(Channel channel, String handle) {
        return unusable(channel)
                .<UploadResult>map(UploadResult.Failed::new)
                .orElseGet(() -> uploads.state(channel, handle));
    }

    @Override
    public RenderResult render(
            Channel channel, Segment segment, DeliveryKey key, @Nullable Receipt parent, List<String> handles) {
        int weight = XText.weight(segment.text());
        if (weight > XText.MAX) {
            return refused(Reason.of("x.text.too-long", "actual", weight, "limit", XText.MAX));
        }
        if (XText.cashtags(segment.text()) > 1) {
            return refused(Reason.of("x.cashtags"));
        }
        if (segment.text().isBlank() && handles.isEmpty()) {
            return refused(Reason.of("x.text.empty"));
        }
        if (handles.size() > MAX_IMAGES || !handles.stream().allMatch(XPosts::isId)) {
            return refused(Reason.of("x.media.unknown"));
        }
        if (segment.mixesAnimation()) {
            return refused(Reason.of("network.animation.alone"));
        }
        String answered = parent != null
                ? parent.remoteId()
                : segment.replyTo() == null ? null : segment.replyTo().remoteId();
        if (answered != null && !XPosts.isId(answered)) {
            return refused(Reason.of("x.reply.malformed"));
        }
        return new RenderResult.Rendered(XRequests.write(segment, answered, handles), segment.text());
    }

    @Override
    public PublishResult publish(Channel channel, Intent intent) {
        Optional<PublishResult.NoEffect> unusable = unusable(channel);
        if (unusable.isPresent()) {
            return unusable.get();
        }
        boolean reply = XRequests.parent(intent.body()).isPresent();
        HttpResult result = api.post(XAccess.of(channel), "/2/tweets", HttpBody.json(intent.body()));
        return answers.publish(channel, result, reply);
    }

    @Override
    public FindResult find(Channel channel, Intent intent) {
        return probe(channel, intent).result();
    }

    @Override
    public Probed probe(Channel channel, Intent intent) {
        Optional<PublishResult.NoEffect> unusable = unusable(channel);
        if (unusable.isPresent()) {
            return new Probed(FindResult.Inconclusive.of(unusable.get()), Cost.FREE);
        }
        Optional<String> account = accounts.id(channel);
        if (account.isPresent()) {
            return look(channel, account.get(), intent, Cost.FREE);
        }
        return switch (accounts.ask(channel)) {
            case XAccounts.User user -> look(channel, user.id(), intent, XPrices.user(channel));
            case XAccounts.Nobody nobody ->
                new Probed(FindResult.Inconclusive.of(nobody.outcome()), XPrices.user(channel));
        };
    }

    private Probed look(Channel channel, String account, Intent intent, Cost before) {
        AtomicInteger posts = new AtomicInteger();
        FindResult result = timeline.find(channel, account, intent, posts::addAndGet);
        return new Probed(result, before.plus(XPrices.reads(channel, posts.get())));
    }

    @Override
    public DeleteResult delete(Channel channel, Receipt receipt) {
        Optional<PublishResult.NoEffect> unusable = unusable(channel);
        if (unusable.isPresent()) {
            return DeleteResult.of(unusable.get());
        }
        return XPosts.isId(receipt.remoteId())
                ? answers.delete(channel, api.delete(XAccess.of(channel), "/2/tweets/" + receipt.remoteId()))
                : new DeleteResult.Refused(Reason.of("x.reply.malformed"));
    }

    @Override
    public ChannelHealth check(Channel channel) {
        Optional<PublishResult.NoEffect> unusable = unusable(channel);
        if (unusable.isPresent()) {
            return Answers.health(unusable.get(), clock.instant());
        }
        return switch (accounts.ask(channel)) {
            case XAccounts.User user ->
                new ChannelHealth(ChannelHealth.Status.OK, null, "@" + user.name(), clock.instant());
            case XAccounts.Nobody(PublishResult.NoEffect outcome) -> Answers.health(outcome, clock.instant());
        };
    }

    @Override
    public Cost cost(Channel channel, Segment segment) {
        return XPrices.post(channel, XText.hasLink(segment.text()));
    }

    @Override
    public Cost cost(Channel channel, Query query) {
        return switch (query) {
            case DELETE -> XPrices.delete(channel);
            case CHECK -> XPrices.user(channel);
            case PROBE -> {
                Cost reads = XPrices.reads(channel, XTimeline.MOST);
                yield accounts.id(channel).isPresent() ? reads : reads.plus(XPrices.user(channel));
            }
        };
    }

    @Override
    public Optional<RemoteRef> reference(Channel channel, URI url) {
        return XPosts.reference(url);
    }

    @Override
    public Optional<RemoteRef> own(Channel channel, URI url) {
        return XPosts.named(channel, url) ? reference(channel, url) : Optional.empty();
    }

    @Override
    public String ownLike(Channel channel) {
        return "https://x.com/…/status/1…";
    }

    /** X's rule since 2026 for accounts that pay by use: an answer is taken where the author has mentioned or quoted the account. */
    @Override
    public Optional<Message> forbidsReply(Channel channel, HeardPost post) {
        return post.named() ? Optional.empty() : Optional.of(Message.of("x.reply.unsummoned"));
    }

    private static Optional<PublishResult.NoEffect> unusable(Channel channel) {
        return XAccess.faults(channel).stream()
                .findFirst()
                .map(fault -> new PublishResult.Unauthorized(new Reason(fault.message(), null, "")));
    }

    private static RenderResult refused(Reason reason) {
        return new RenderResult.NotRendered(new PublishResult.Refused(reason));
    }
}
