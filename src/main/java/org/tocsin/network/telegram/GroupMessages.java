package org.tocsin.network.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.mention.HeardItem;
import org.tocsin.mention.Intake;
import org.tocsin.mention.ReadResult;
import org.tocsin.mention.Source;
import org.tocsin.mention.SourceState;
import org.tocsin.mention.SourceType;
import org.tocsin.network.Channel;

/** What is said in groups that a channel's bot is a member of. */
public final class GroupMessages implements UpdateHandler, SourceType {
    /** As in a source's type. */
    public static final String TYPE = TelegramNetwork.ID + ".group";

    private static final String ALL = "*";
    private static final String CURSOR = "inbox";
    /** Telegram keeps what nobody has asked for that long (core.telegram.org/bots/api#getting-updates, read 2026-11-28). */
    private static final Duration KEPT = Duration.ofHours(24);
    /** What another program has taken is given nobody else; so begins what is said of that. */
    private static final String TAKEN = "heard.telegram.";

    private final Intake intake;
    private final BiFunction<Tx, String, Optional<Channel>> channels;
    private final Clock clock;

    /** @param channels a channel by its id */
    public GroupMessages(Intake intake, BiFunction<Tx, String, Optional<Channel>> channels, Clock clock) {
        this.intake = intake;
        this.channels = channels;
        this.clock = clock;
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Form form() {
        return new Form(false, true, true, false);
    }

    /** A group by its name or number; an asterisk for all that the bot is in. */
    @Override
    public Optional<String> query(String written) {
        String group = written.strip().replaceFirst("^(?:https://)?t\\.me/", "@");
        return Optional.of(group.toLowerCase(Locale.ROOT))
                .filter(one ->
                        one.equals(ALL) || TelegramAccess.CHAT.matcher(one).matches());
    }

    @Override
    public Set<String> kinds() {
        return Set.of("message", "edited_message", "channel_post", "edited_channel_post");
    }

    @Override
    public List<Channel> bots(Tx tx) {
        return intake.listening(tx, TYPE).stream()
                .flatMap(source -> channel(tx, source).stream())
                .toList();
    }

    private Optional<Channel> channel(Tx tx, Source source) {
        return source.channelId() == null ? Optional.empty() : channels.apply(tx, source.channelId());
    }

    private List<Source> of(Tx tx, String bot) {
        return intake.listening(tx, TYPE).stream()
                .filter(source -> channel(tx, source)
                        .filter(channel -> TelegramAccess.tokenFaults(channel).isEmpty())
                        .filter(channel -> TelegramAccess.bot(channel).equals(bot))
                        .isPresent())
                .toList();
    }

    @Override
    public void handle(Tx tx, TelegramUpdate update) {
        Instant now = clock.instant();
        JsonNode message = update.body();
        Optional<Upgrade> upgrade = Upgrade.of(message);
        if (upgrade.isPresent()) {
            of(tx, update.bot()).stream()
                    .filter(source -> upgrade.get().from().equals(source.query()))
                    .forEach(source -> intake.follow(tx, source, upgrade.get().to()));
            return;
        }
        Optional<HeardItem> item = TelegramItems.of(message, now);
        if (item.isEmpty()) {
            return;
        }
        boolean edited = update.kind().startsWith("edited_");
        for (Source source : of(tx, update.bot())) {
            if (isOf(source, message.path("chat"))) {
                // An edit of what was said before anybody listened is no news.
                List<HeardItem> news = edited ? List.of() : List.of(item.get());
                List<HeardItem> again = edited ? List.of(item.get()) : List.of();
                intake.keep(
                        tx,
                        source,
                        ReadResult.Read.on(news, List.of(), CURSOR).again(again).with(source.reason()));
            }
        }
    }

    private static boolean isOf(Source source, JsonNode chat) {
        String wanted = String.valueOf(source.query());
        String type = chat.path("type").asText("");
        return wanted.equals(ALL)
                ? type.equals("group") || type.equals("supergroup")
                : !type.equals("private")
                        && (wanted.equals(chat.path("id").asText())
                                || wanted.equalsIgnoreCase(
                                        "@" + chat.path("username").asText("")));
    }

    @Override
    public void heard(Tx tx, String bot, TelegramInbox.Reach reach) {
        @Nullable Message remark = reach.all() ? null : Message.of("heard.telegram.privacy", "bot", reach.name());
        of(tx, bot)
                .forEach(source -> intake.keep(
                        tx,
                        source,
                        ReadResult.Read.on(List.of(), List.of(), CURSOR)
                                .missing(missed(source))
                                .with(remark)));
    }

    /** @return until when something may have been said that is not given any more; null for nothing */
    private @Nullable Instant missed(Source source) {
        Instant now = clock.instant();
        if (source.state() == SourceState.HELD
                && source.reason() != null
                && source.reason().code().startsWith(TAKEN)) {
            return now;
        }
        Instant kept = now.minus(KEPT);
        Instant last = source.lastSuccessAt();
        return last != null && last.isBefore(kept) ? kept : null;
    }

    @Override
    public void unheard(Tx tx, String bot, ReadResult why) {
        of(tx, bot).forEach(source -> intake.keep(tx, source, why));
    }
}
