package org.tocsin.network.mastodon;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Fault;
import org.tocsin.http.HttpClient;
import org.tocsin.http.HttpResult;
import org.tocsin.http.HttpResult.Answer;
import org.tocsin.media.ImageLimits;
import org.tocsin.network.Channel;
import org.tocsin.network.ChannelHealth;
import org.tocsin.network.DeleteResult;
import org.tocsin.network.DeliveryKey;
import org.tocsin.network.Draft;
import org.tocsin.network.Editing;
import org.tocsin.network.FindResult;
import org.tocsin.network.Guarantee;
import org.tocsin.network.Intent;
import org.tocsin.network.Json;
import org.tocsin.network.Limits;
import org.tocsin.network.Network;
import org.tocsin.network.PublishResult;
import org.tocsin.network.Rate;
import org.tocsin.network.Reason;
import org.tocsin.network.Receipt;
import org.tocsin.network.RemoteRef;
import org.tocsin.network.RenderResult;
import org.tocsin.network.ReplyTarget;
import org.tocsin.network.Segment;
import org.tocsin.network.SegmentImage;
import org.tocsin.network.ServerAddress;
import org.tocsin.network.UploadResult;
import org.tocsin.post.TextSize;

/**
 * Mastodon and the servers that speak its client API. Settings: {@code baseUrl} (the server's origin), {@code accountId} (from
 * connecting), {@code limit.maxText} (instead of what the server says); secret: {@code accessToken}.
 */
public final class MastodonNetwork implements Network {
    private static final List<String> VISIBILITIES = List.of("public", "unlisted", "private", "direct");
    /** Of Mastodon's source, RateLimiter: statuses per account; media and paging have limits that this one stays below. */
    private static final Rate POSTS = new Rate("posts-3h", 300, Duration.ofHours(3));
    /** The key is kept for an hour; what is on the way at its end must still meet it. */
    private static final Duration KEY_WINDOW = Duration.ofMinutes(50);
    /** No limit of Mastodon itself, which scales pictures down; what a decoder should be asked to hold. */
    private static final int MAX_SIDE = 16_384;

    private final Clock clock;
    private final MastodonApi api;
    private final InstanceCache instances;
    private final MastodonAnswers answers;
    private final MastodonUploads uploads;
    private final MastodonAccounts accounts;
    private final StatusSearch search;
    private final MastodonEditing editing;

    /**
     * @param http  the one way out
     * @param clock for what is cached, and where a server tells no time
     */
    public MastodonNetwork(HttpClient http, Clock clock) {
        this.clock = clock;
        this.api = new MastodonApi(http);
        this.instances = new InstanceCache(api, clock);
        this.answers = new MastodonAnswers(clock);
        this.uploads = new MastodonUploads(api, answers);
        this.accounts = new MastodonAccounts(api, answers, clock);
        this.search = new StatusSearch(api, answers, clock);
        this.editing = new MastodonEditing(api, answers, instances);
    }

    @Override
    public String id() {
        return "mastodon";
    }

    @Override
    public Limits limits(Channel channel) {
        MastodonInstance instance = instances.of(channel);
        int maxText = maxText(channel, instance);
        ImageLimits images = new ImageLimits(
                instance.imageTypes(), instance.maxImageSize(), instance.maxPixels(), MAX_SIDE, 2 * MAX_SIDE);
        return new Limits(
                maxText,
                maxText,
                instance.kind() == MastodonInstance.Kind.GOTOSOCIAL ? "code-points" : "graphemes",
                instance.maxImages(),
                images,
                instance.maxAlt(),
                true,
                VISIBILITIES,
                List.of(POSTS),
                false,
                LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC),
                instance.source());
    }

    static int maxText(Channel channel, MastodonInstance instance) {
        return channel.setting("limit.maxText")
                .filter(value -> value.matches("[1-9][0-9]{0,6}"))
                .map(Integer::valueOf)
                .orElse(instance.maxText());
    }

    @Override
    public TextSize measure(Channel channel, Draft draft) {
        MastodonInstance instance = instances.of(channel);
        return MastodonText.size(instance, maxText(channel, instance), draft);
    }

    @Override
    public String shown(Channel channel, Draft draft) {
        return MastodonText.shown(instances.of(channel), draft.text());
    }

    @Override
    public Guarantee guarantee(Channel channel) {
        return instances.of(channel).kind() == MastodonInstance.Kind.MASTODON
                ? new Guarantee(Guarantee.Kind.WINDOWED, KEY_WINDOW)
                : Guarantee.of(Guarantee.Kind.PROBED);
    }

    @Override
    public DeliveryKey newKey() {
        return new DeliveryKey(UUID.randomUUID().toString());
    }

    @Override
    public Set<String> settings() {
        return Set.of(MastodonApi.BASE_URL, MastodonApi.ACCOUNT_ID, "limit.maxText");
    }

    @Override
    public List<Fault> validate(Channel channel) {
        return MastodonApi.faults(channel);
    }

    @Override
    public UploadResult upload(Channel channel, SegmentImage image) {
        return uploads.upload(channel, image);
    }

    @Override
    public UploadResult uploadState(Channel channel, String handle) {
        return uploads.state(channel, handle);
    }

    @Override
    public RenderResult render(
            Channel channel, Segment segment, DeliveryKey key, @Nullable Receipt parent, List<String> handles) {
        TextSize size = measure(
                channel,
                new Draft(
                        segment.text(),
                        segment.contentWarning(),
                        !segment.images().isEmpty()));
        if (!size.fits()) {
            return refused(Reason.of(
                    "network.text.too-long", "actual", size.actual(), "limit", size.limit(), "unit", size.unit()));
        }
        String visibility = segment.visibility();
        if (visibility != null && !VISIBILITIES.contains(visibility)) {
            return refused(Reason.of(
                    "network.visibility.unknown", "value", visibility, "allowed", String.join(", ", VISIBILITIES)));
        }
        ObjectNode body = Json.object().put("status", segment.text());
        if (!handles.isEmpty()) {
            handles.forEach(body.putArray("media_ids")::add);
        }
        String answered = parent != null
                ? parent.remoteId()
                : Optional.ofNullable(segment.replyTo())
                        .map(RemoteRef::remoteId)
                        .orElse(null);
        if (answered != null) {
            body.put("in_reply_to_id", answered);
        }
        if (segment.contentWarning() != null) {
            body.put("spoiler_text", segment.contentWarning()).put("sensitive", true);
        }
        if (visibility != null) {
            body.put("visibility", visibility);
        }
        String language = Locale.forLanguageTag(segment.language()).getLanguage();
        if (!language.isEmpty()) {
            body.put("language", language);
        }
        return new RenderResult.Rendered(body.toString(), segment.text());
    }

    private static RenderResult refused(Reason reason) {
        return new RenderResult.NotRendered(new PublishResult.Refused(reason));
    }

    @Override
    public PublishResult publish(Channel channel, Intent intent) {
        Optional<PublishResult.Unauthorized> unusable = MastodonApi.unusable(channel);
        return unusable.isPresent()
                ? unusable.get()
                : answers.publish(
                        channel,
                        api.post(
                                channel,
                                "/api/v1/statuses",
                                intent.body(),
                                intent.key().value()));
    }

    @Override
    public FindResult find(Channel channel, Intent intent) {
        return switch (accounts.id(channel)) {
            case MastodonAccounts.Known(String account) -> search.find(channel, account, intent);
            case MastodonAccounts.NotKnown(PublishResult.NoEffect outcome) -> FindResult.Inconclusive.of(outcome);
        };
    }

    @Override
    public DeleteResult delete(Channel channel, Receipt receipt) {
        Optional<PublishResult.Unauthorized> unusable = MastodonApi.unusable(channel);
        if (unusable.isPresent()) {
            return DeleteResult.of(unusable.get());
        }
        HttpResult result = api.delete(channel, "/api/v1/statuses/" + MastodonApi.encoded(receipt.remoteId()));
        boolean gone =
                result instanceof Answer answer && (answer.ok() || answer.status() == 404 || answer.status() == 410);
        return gone ? new DeleteResult.Gone() : answers.common().delete(channel, result);
    }

    /** Servers tell by no figure whether they edit: one that does not refuses when it is asked. */
    @Override
    public Optional<Editing> editing(Channel channel) {
        return Optional.of(editing);
    }

    @Override
    public ChannelHealth check(Channel channel) {
        return accounts.check(channel);
    }

    /** Has the server look for the address, on other servers as well. */
    @Override
    public Optional<RemoteRef> reference(Channel channel, URI url) {
        return MastodonApi.unusable(channel).isPresent()
                ? Optional.empty()
                : found(api.get(channel, searching(url.toString())), url.toString());
    }

    /** What the account has published is on its own server, under that server's name. */
    @Override
    public Optional<RemoteRef> own(Channel channel, URI url) {
        String host = host(channel);
        return host.isEmpty() || !host.equalsIgnoreCase(url.getHost()) ? Optional.empty() : reference(channel, url);
    }

    @Override
    public String ownLike(Channel channel) {
        return "https://" + host(channel) + "/@…/1…";
    }

    private static String host(Channel channel) {
        return channel.setting(MastodonApi.BASE_URL)
                .flatMap(ServerAddress::read)
                .map(address -> URI.create(address).getHost())
                .orElse("");
    }

    /** Its own server knows the status by another id than the one where it was heard, and may have to fetch it. */
    @Override
    public ReplyTarget target(Channel channel, RemoteRef named) {
        Optional<PublishResult.Unauthorized> unusable = MastodonApi.unusable(channel);
        if (unusable.isPresent()) {
            return new ReplyTarget.NotFound(unusable.get());
        }
        HttpResult result = api.get(channel, searching(named.url()));
        if (!(result instanceof Answer answer) || !answer.ok()) {
            return new ReplyTarget.NotFound(answers.common().harmless(channel, result));
        }
        return found(result, named.url())
                .<ReplyTarget>map(ReplyTarget.Found::new)
                .orElseGet(() -> ReplyTarget.gone(named.url()));
    }

    private static String searching(String url) {
        return "/api/v2/search?type=statuses&resolve=true&limit=1&q=" + MastodonApi.encoded(url);
    }

    private static Optional<RemoteRef> found(HttpResult result, String url) {
        if (!(result instanceof Answer answer) || !answer.ok()) {
            return Optional.empty();
        }
        JsonNode status = Json.read(answer).path("statuses").path(0);
        String address = Optional.ofNullable(MastodonAnswers.url(status)).orElse(url);
        return MastodonAnswers.id(status).map(id -> new RemoteRef(id, address, Map.of()));
    }
}
