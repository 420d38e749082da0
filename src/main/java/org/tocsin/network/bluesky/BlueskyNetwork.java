package org.tocsin.network.bluesky;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Fault;
import org.tocsin.http.HttpClient;
import org.tocsin.http.HttpResult;
import org.tocsin.http.HttpResult.Answer;
import org.tocsin.media.FittedImage;
import org.tocsin.media.ImageLimits;
import org.tocsin.media.MediaType;
import org.tocsin.network.Answers;
import org.tocsin.network.CardPictures;
import org.tocsin.network.Channel;
import org.tocsin.network.ChannelHealth;
import org.tocsin.network.DeleteResult;
import org.tocsin.network.DeliveryKey;
import org.tocsin.network.Draft;
import org.tocsin.network.FindResult;
import org.tocsin.network.Guarantee;
import org.tocsin.network.Intent;
import org.tocsin.network.Json;
import org.tocsin.network.Limits;
import org.tocsin.network.Network;
import org.tocsin.network.PublishResult;
import org.tocsin.network.PublishResult.NoEffect;
import org.tocsin.network.Rate;
import org.tocsin.network.Reason;
import org.tocsin.network.Receipt;
import org.tocsin.network.RemoteRef;
import org.tocsin.network.RenderResult;
import org.tocsin.network.ReplyTarget;
import org.tocsin.network.Segment;
import org.tocsin.network.SegmentImage;
import org.tocsin.network.SessionStore;
import org.tocsin.network.UploadResult;
import org.tocsin.post.TextEntity;
import org.tocsin.post.TextSize;

/**
 * Bluesky. Settings: {@code handle}, {@code baseUrl} (where sessions begin; Bluesky's own by default), {@code did} (from connecting);
 * secret: {@code appPassword}. Posts are records under keys of our choice, so that a repeat never makes a second one.
 */
public final class BlueskyNetwork implements Network {
    /** Of @atproto/pds 0.5.35, November 2026. */
    private static final LocalDate DATED = LocalDate.of(2026, 11, 23);

    private static final String SOURCE =
            "lexicons app.bsky.feed.post, app.bsky.embed.images and .external; docs.bsky.app rate limits";
    private static final int MAX_IMAGES = 4;
    private static final int MAX_ALT = 2000;
    /** Pixels have no limit of their own; the app shows at most this many on a side. */
    private static final int MAX_SIDE = 4000;

    private static final ImageLimits IMAGES = new ImageLimits(
            EnumSet.allOf(MediaType.class), 2_000_000, (long) MAX_SIDE * MAX_SIDE, MAX_SIDE, 2 * MAX_SIDE);
    /** The picture of a card: app.bsky.embed.external. */
    private static final ImageLimits THUMBS =
            new ImageLimits(EnumSet.allOf(MediaType.class), 1_000_000, 2000L * 2000, 2000, 4000);
    /** 5,000 points an hour and 35,000 a day, of which a creation costs three. */
    private static final List<Rate> RATES =
            List.of(new Rate("posts-1h", 1666, Duration.ofHours(1)), new Rate("posts-24h", 11_666, Duration.ofDays(1)));

    private final Clock clock;
    private final Tids tids;
    private final BlueskyAnswers answers;
    private final BlueskySessions sessions;
    private final BlueskyRecords records;
    private final Handles handles;
    private final CardPictures pictures;

    /**
     * @param http     the one way out
     * @param store    keeps sessions, because servers allow few sign-ins
     * @param pictures for the cards of links
     * @param clock    for keys and for the time in posts
     */
    public BlueskyNetwork(HttpClient http, SessionStore store, CardPictures pictures, Clock clock) {
        this.pictures = pictures;
        this.clock = clock;
        this.tids = new Tids(clock);
        this.answers = new BlueskyAnswers(clock);
        this.sessions = new BlueskySessions(http, store, answers);
        this.records = new BlueskyRecords(sessions, answers, clock);
        this.handles = new Handles(sessions, answers);
    }

    @Override
    public String id() {
        return "bluesky";
    }

    @Override
    public Limits limits(Channel channel) {
        return new Limits(
                RichText.MAX_GRAPHEMES,
                RichText.MAX_GRAPHEMES,
                "graphemes",
                MAX_IMAGES,
                IMAGES,
                MAX_ALT,
                false,
                List.of(),
                RATES,
                false,
                DATED,
                SOURCE);
    }

    @Override
    public String shown(Channel channel, Draft draft) {
        return RichText.of(draft).text();
    }

    @Override
    public TextSize measure(Channel channel, Draft draft) {
        return RichText.of(draft).size();
    }

    @Override
    public Guarantee guarantee(Channel channel) {
        return Guarantee.of(Guarantee.Kind.KEYED);
    }

    @Override
    public DeliveryKey newKey() {
        return new DeliveryKey(tids.next());
    }

    @Override
    public Set<String> settings() {
        return Set.of(BlueskySessions.BASE_URL, BlueskySessions.HANDLE, BlueskySessions.DID);
    }

    @Override
    public List<Fault> validate(Channel channel) {
        return BlueskySessions.faults(channel);
    }

    @Override
    public boolean takesLinkCard(Channel channel) {
        return true;
    }

    @Override
    public UploadResult upload(Channel channel, SegmentImage image) {
        return upload(channel, image.image());
    }

    private UploadResult upload(Channel channel, FittedImage image) {
        return switch (sessions.send(channel, session -> BlueskyApi.uploadBlob(session, image))) {
            case BlueskySessions.NotSent(NoEffect outcome) -> new UploadResult.Failed(outcome);
            case BlueskySessions.Sent(HttpResult result, BlueskySession _) -> {
                JsonNode blob = result instanceof Answer answer && answer.ok()
                        ? Json.read(answer).path("blob")
                        : Json.read("");
                yield Json.text(blob.path("ref"), "$link")
                                .filter(BlueskyRecords::isCid)
                                .isPresent()
                        ? new UploadResult.Uploaded(blob.toString())
                        : new UploadResult.Failed(answers.harmless(channel, result));
            }
        };
    }

    @Override
    public RenderResult render(
            Channel channel, Segment segment, DeliveryKey key, @Nullable Receipt parent, List<String> uploads) {
        RichText text = RichText.of(new Draft(
                segment.text(), segment.contentWarning(), !segment.images().isEmpty()));
        TextSize size = text.size();
        if (!size.fits()) {
            return not(new PublishResult.Refused(Reason.of(
                    "network.text.too-long", "actual", size.actual(), "limit", size.limit(), "unit", size.unit())));
        }
        Optional<Map<String, String>> answered = parent != null
                ? Optional.of(parent.details())
                : Optional.ofNullable(segment.replyTo()).map(RemoteRef::details);
        JsonNode reply = answered.map(PostRecord::reply).orElse(null);
        if (answered.isPresent() && reply == null) {
            return not(new PublishResult.Refused(Reason.of("bluesky.reply.unresolved")));
        }
        Map<String, String> dids = new HashMap<>();
        for (RichText.Span span : text.spans()) {
            if (span.kind() == TextEntity.Kind.MENTION && !dids.containsKey(span.value())) {
                switch (handles.resolve(channel, span.value())) {
                    case Handles.Resolved(String did) -> dids.put(span.value(), did);
                    case Handles.Nobody _ -> {
                        // stays plain text
                    }
                    case Handles.Failed(NoEffect outcome) -> {
                        return not(outcome);
                    }
                }
            }
        }
        return switch (sessions.open(channel)) {
            case BlueskySessions.Refused(NoEffect outcome) -> not(outcome);
            case BlueskySessions.Open(BlueskySession session) ->
                new RenderResult.Rendered(
                        PostRecord.request(
                                new PostRef(session.did(), key.value()),
                                text,
                                segment,
                                dids,
                                reply,
                                uploads,
                                uploads.isEmpty() ? thumb(channel, segment) : null,
                                clock.instant()),
                        text.text());
        };
    }

    /** @return the blob of the card's picture; null where there is none, for a card does without */
    private @Nullable String thumb(Channel channel, Segment segment) {
        return Optional.ofNullable(segment.linkCard())
                .flatMap(card -> pictures.of(card, THUMBS))
                .map(picture -> upload(channel, picture))
                .filter(UploadResult.Uploaded.class::isInstance)
                .map(result -> ((UploadResult.Uploaded) result).handle())
                .orElse(null);
    }

    private static RenderResult not(NoEffect outcome) {
        return new RenderResult.NotRendered(outcome);
    }

    @Override
    public PublishResult publish(Channel channel, Intent intent) {
        return records.put(channel, intent);
    }

    @Override
    public FindResult find(Channel channel, Intent intent) {
        return records.find(channel, intent);
    }

    @Override
    public DeleteResult delete(Channel channel, Receipt receipt) {
        Optional<PostRef> post = PostRef.read(receipt.remoteId());
        if (post.isEmpty()) {
            return new DeleteResult.Refused(Reason.of("bluesky.uri.malformed"));
        }
        return switch (sessions.send(channel, session -> BlueskyApi.deleteRecord(session, post.get()))) {
            case BlueskySessions.NotSent(NoEffect outcome) -> DeleteResult.of(outcome);
            case BlueskySessions.Sent(Answer answer, BlueskySession _) when answer.ok() -> new DeleteResult.Gone();
            case BlueskySessions.Sent(HttpResult result, BlueskySession _) ->
                Answers.deletion(result, answers.harmless(channel, result));
        };
    }

    @Override
    public ChannelHealth check(Channel channel) {
        return switch (sessions.send(channel, BlueskyApi::getSession)) {
            case BlueskySessions.NotSent(NoEffect outcome) -> Answers.health(outcome, clock.instant());
            case BlueskySessions.Sent(Answer answer, BlueskySession session)
            when answer.ok() -> health(Json.read(answer), session);
            case BlueskySessions.Sent(HttpResult result, BlueskySession _) ->
                Answers.health(answers.harmless(channel, result), clock.instant());
        };
    }

    private ChannelHealth health(JsonNode told, BlueskySession session) {
        if (told.path("active").isBoolean() && !told.path("active").asBoolean()) {
            Reason reason = Reason.of("bluesky.account.inactive", "handle", session.handle());
            return Answers.health(new PublishResult.Unauthorized(reason), clock.instant());
        }
        String handle = Json.text(told, "handle").orElse(session.handle());
        return new ChannelHealth(ChannelHealth.Status.OK, null, "@" + handle, clock.instant());
    }

    /** Reads {@code https://bsky.app/profile/<handle or DID>/post/<key>}, and an AT URI. */
    @Override
    public Optional<RemoteRef> reference(Channel channel, URI url) {
        return records.reference(channel, url, handles);
    }

    @Override
    public Optional<RemoteRef> own(Channel channel, URI url) {
        return records.own(channel, url, handles);
    }

    @Override
    public String ownLike(Channel channel) {
        return "https://bsky.app/profile/" + channel.setting("handle").orElse("…") + "/post/…";
    }

    /** The first post of its thread, and the hashes of both, are read with it. */
    @Override
    public ReplyTarget target(Channel channel, RemoteRef named) {
        return records.target(channel, named.url(), handles);
    }
}
