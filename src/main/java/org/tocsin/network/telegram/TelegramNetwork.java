package org.tocsin.network.telegram;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.telegram.telegrambots.meta.api.methods.updatingmessages.DeleteMessage;
import org.telegram.telegrambots.meta.api.objects.ReplyParameters;
import org.tocsin.base.Fault;
import org.tocsin.base.Message;
import org.tocsin.http.HttpClient;
import org.tocsin.http.RetryAfter;
import org.tocsin.media.ImageLimits;
import org.tocsin.media.MediaType;
import org.tocsin.network.Answers;
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
import org.tocsin.network.Rate;
import org.tocsin.network.Reason;
import org.tocsin.network.Receipt;
import org.tocsin.network.RemoteRef;
import org.tocsin.network.RenderResult;
import org.tocsin.network.Segment;
import org.tocsin.post.TextSize;

/** The adapter for a bot that posts in a Telegram channel or group. */
public final class TelegramNetwork implements Network {
    /** The adapter's id. */
    public static final String ID = "telegram";

    private static final int MAX_TEXT = 4096;
    private static final int MAX_CAPTION = 1024;
    private static final int MAX_IMAGES = 10;
    private static final String UNIT = "utf-16";

    /** sendPhoto: at most 10 MB, width and height at most 10,000 in total; sendAnimation: at most 50 MB. */
    private static final ImageLimits IMAGES = new ImageLimits(
            Set.of(MediaType.JPEG, MediaType.PNG),
            10_000_000,
            25_000_000,
            10_000,
            10_000,
            new ImageLimits.Animations(50_000_000));

    private static final Limits LIMITS = new Limits(
            MAX_TEXT,
            MAX_CAPTION,
            UNIT,
            MAX_IMAGES,
            IMAGES,
            0,
            false,
            List.of(),
            List.of(
                    new Rate("messages-1s", 1, Duration.ofSeconds(1)),
                    new Rate("messages-1min", 20, Duration.ofMinutes(1))),
            false,
            LocalDate.of(2026, 6, 11),
            "https://core.telegram.org/bots/api (10.1), https://core.telegram.org/bots/faq");

    private final TelegramApi api;
    private final TelegramAnswers answers;
    private final TelegramInspection inspection;
    private final TelegramEditing editing;
    private final Clock clock;

    /**
     * @param http       the way out
     * @param retryAfter reads how long to wait
     * @param clock      tells now
     */
    public TelegramNetwork(HttpClient http, RetryAfter retryAfter, Clock clock) {
        this.api = new TelegramApi(http);
        this.answers = new TelegramAnswers(retryAfter, clock);
        this.inspection = new TelegramInspection(api, answers);
        this.editing = new TelegramEditing(api, answers);
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

    /** Telegram counts after entities are parsed; as no markup is sent, that is the text itself. */
    @Override
    public TextSize measure(Channel channel, Draft draft) {
        return size(draft.text(), draft.withImages());
    }

    static TextSize size(String text, boolean caption) {
        return new TextSize(text.length(), caption ? MAX_CAPTION : MAX_TEXT, UNIT);
    }

    @Override
    public Guarantee guarantee(Channel channel) {
        return Guarantee.of(Guarantee.Kind.NONE);
    }

    @Override
    public DeliveryKey newKey() {
        return new DeliveryKey(UUID.randomUUID().toString());
    }

    @Override
    public Set<String> settings() {
        return Set.of(TelegramAccess.BASE_SETTING, TelegramAccess.CHAT_SETTING);
    }

    @Override
    public List<Fault> validate(Channel channel) {
        return TelegramAccess.faults(channel);
    }

    @Override
    public RenderResult render(
            Channel channel, Segment segment, DeliveryKey key, @Nullable Receipt parent, List<String> uploads) {
        Optional<Reason> unusable = unusable(channel);
        if (unusable.isPresent()) {
            return new RenderResult.NotRendered(new PublishResult.Unauthorized(unusable.get()));
        }
        TextSize size = measure(
                channel, new Draft(segment.text(), null, !segment.images().isEmpty()));
        if (!size.fits()) {
            return refused(Reason.of("telegram.text.too-long", "actual", size.actual(), "limit", size.limit()));
        }
        if (segment.images().size() > MAX_IMAGES) {
            return refused(Reason.of(
                    "telegram.images.too-many", "actual", segment.images().size(), "limit", MAX_IMAGES));
        }
        if (segment.mixesAnimation()) {
            return refused(Reason.of("network.animation.alone"));
        }
        if (segment.images().isEmpty() && segment.text().isBlank()) {
            return refused(Reason.of("telegram.text.empty"));
        }
        RemoteRef remote = parent == null ? segment.replyTo() : null;
        String answered = parent != null ? parent.remoteId() : remote != null ? remote.remoteId() : null;
        TelegramRendering rendering =
                new TelegramRendering(TelegramAccess.of(channel).chatId());
        ReplyParameters reply = null;
        if (answered != null) {
            if (!TelegramReceipts.ID.matcher(answered).matches() || Long.parseLong(answered) > Integer.MAX_VALUE) {
                return refused(Reason.of("telegram.reply.malformed"));
            }
            reply = rendering.reply(Integer.parseInt(answered), remote);
        }
        return new RenderResult.Rendered(rendering.render(segment, reply).write(), segment.text());
    }

    @Override
    public PublishResult publish(Channel channel, Intent intent) {
        Optional<Reason> unusable = unusable(channel);
        return unusable.isPresent()
                ? new PublishResult.Unauthorized(unusable.get())
                : answers.publish(channel, api.send(channel, TelegramRequest.read(intent.body())));
    }

    @Override
    public FindResult find(Channel channel, Intent intent) {
        return new FindResult.Inconclusive(Reason.of("telegram.find.unsupported"));
    }

    /** Deletes all messages of an album; those that are gone already are passed over. */
    @Override
    public DeleteResult delete(Channel channel, Receipt receipt) {
        Optional<Reason> unusable = unusable(channel);
        if (unusable.isPresent()) {
            return new DeleteResult.Unauthorized(unusable.get());
        }
        String chat = receipt.details()
                .getOrDefault(TelegramReceipts.CHAT, TelegramAccess.of(channel).chatId());
        String ids = receipt.details().getOrDefault(TelegramReceipts.MESSAGES, receipt.remoteId());
        for (String id : ids.split(",")) {
            if (!TelegramReceipts.ID.matcher(id).matches() || Long.parseLong(id) > Integer.MAX_VALUE) {
                return new DeleteResult.Refused(Reason.of("telegram.reply.malformed"));
            }
            DeleteResult result =
                    answers.delete(channel, api.call(channel, new DeleteMessage(chat, Integer.parseInt(id))));
            if (!(result instanceof DeleteResult.Gone)) {
                return result;
            }
        }
        return new DeleteResult.Gone();
    }

    @Override
    public Optional<Editing> editing(Channel channel) {
        return Optional.of(editing);
    }

    @Override
    public ChannelHealth check(Channel channel) {
        Optional<Reason> unusable = unusable(channel);
        if (unusable.isPresent()) {
            return Answers.health(new PublishResult.Unauthorized(unusable.get()), clock.instant());
        }
        return switch (inspection.inspect(channel)) {
            case TelegramInspection.Usable usable ->
                new ChannelHealth(ChannelHealth.Status.OK, null, usable.title(), clock.instant());
            case TelegramInspection.Unusable(PublishResult.NoEffect outcome) ->
                Answers.health(outcome, clock.instant());
        };
    }

    @Override
    public Optional<RemoteRef> reference(Channel channel, URI url) {
        return TelegramLinks.read(url);
    }

    /** A chat has a name or a number, and an address has one of them: where they are of one kind they are compared. */
    @Override
    public Optional<RemoteRef> own(Channel channel, URI url) {
        String chat = channel.setting(TelegramAccess.CHAT_SETTING).orElse("");
        return TelegramLinks.read(url).filter(ref -> {
            String named = ref.details().getOrDefault(TelegramReceipts.CHAT, "");
            return named.startsWith("@") != chat.startsWith("@") || named.equalsIgnoreCase(chat);
        });
    }

    @Override
    public String ownLike(Channel channel) {
        String chat = channel.setting(TelegramAccess.CHAT_SETTING).orElse("@…");
        return "https://t.me/" + (chat.startsWith("@") ? chat.substring(1) : chat.replaceFirst("^-100", "c/")) + "/12";
    }

    /** A bot answers where it writes: a message in another chat would be quoted, and its readers would not see it. */
    @Override
    public Optional<Message> forbidsReply(Channel channel, HeardPost post) {
        String chat = channel.setting(TelegramAccess.CHAT_SETTING).orElse("");
        String heardIn = TelegramLinks.read(URI.create(post.url()))
                .map(ref -> ref.details().getOrDefault(TelegramReceipts.CHAT, ""))
                .orElse("");
        boolean here = !chat.isEmpty()
                && (chat.equalsIgnoreCase(heardIn) || post.nativeId().startsWith(chat + "/"));
        return here ? Optional.empty() : Optional.of(Message.of("telegram.reply.elsewhere"));
    }

    /** @return why the channel cannot be used at all, before anything is sent */
    static Optional<Reason> unusable(Channel channel) {
        return TelegramAccess.faults(channel).stream()
                .map(fault -> new Reason(fault.message(), null, ""))
                .findFirst();
    }

    private static RenderResult refused(Reason reason) {
        return new RenderResult.NotRendered(new PublishResult.Refused(reason));
    }
}
