package org.tocsin.bot;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.base.BranchId;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;
import org.tocsin.base.Secret;
import org.tocsin.base.Tx;
import org.tocsin.base.Wakeup;
import org.tocsin.network.Channel;
import org.tocsin.network.telegram.TelegramUpdate;
import org.tocsin.network.telegram.UpdateHandler;
import org.tocsin.subscriber.ConsentText;
import org.tocsin.subscriber.PersonData;
import org.tocsin.subscriber.SignUpSettings;
import org.tocsin.subscriber.SignUps;
import org.tocsin.subscriber.StillAsker;
import org.tocsin.subscriber.Subscriber;
import org.tocsin.subscriber.dialogue.BotReply;
import org.tocsin.subscriber.dialogue.BotReplyRepository;
import org.tocsin.subscriber.dialogue.Deed;
import org.tocsin.subscriber.dialogue.Dialogue;
import org.tocsin.subscriber.dialogue.Heard;
import org.tocsin.subscriber.dialogue.House;
import org.tocsin.subscriber.dialogue.Reply;
import org.tocsin.subscriber.dialogue.Talk;
import org.tocsin.subscriber.dialogue.TalkRepository;
import org.tocsin.subscriber.dialogue.Turn;

/**
 * Hears what people say to the bot, in private chats alone. What follows from an update is committed together with its confirmation: after a
 * crash it comes again, or was done. No update is kept as it came.
 */
public final class SignUpBot implements UpdateHandler, StillAsker {
    /** Of one account in a minute: nobody presses faster by hand, and nobody else waits for him. */
    static final int A_MINUTE = 30;

    private static final Duration REMEMBERED = Duration.ofDays(1);
    private static final Pattern COMMAND = Pattern.compile("/([A-Za-z0-9_]{1,32})(?:@\\w{1,64})?(?:\\s+(\\S.*))?");
    private static final Logger log = LoggerFactory.getLogger(SignUpBot.class);

    private final SignUpDeeds deeds;
    private final SignUps signUps;
    private final TalkRepository talks;
    private final BotReplyRepository replies;
    private final Calls calls;
    private final Signature signature;
    private final BiPredicate<Tx, Secret> taken;
    private final String server;
    private final String base;
    private final Wakeup bell;
    private final Clock clock;
    private final Cache<Long, AtomicInteger> minute;

    /**
     * @param taken  whether a bot is that of a channel: then the public does not write to it
     * @param server of the Bot API; empty for the usual one
     * @param base   the public address; empty for none
     * @param bell   rung when something is to be said
     */
    SignUpBot(
            SignUpDeeds deeds,
            SignUps signUps,
            TalkRepository talks,
            BotReplyRepository replies,
            Calls calls,
            Signature signature,
            BiPredicate<Tx, Secret> taken,
            String server,
            String base,
            Wakeup bell,
            Clock clock) {
        this.deeds = deeds;
        this.signUps = signUps;
        this.talks = talks;
        this.replies = replies;
        this.calls = calls;
        this.signature = signature;
        this.taken = taken;
        this.server = server;
        this.base = base;
        this.bell = bell;
        this.clock = clock;
        Ticker ticker = () -> Duration.between(Instant.EPOCH, clock.instant()).toNanos();
        this.minute = Caffeine.newBuilder()
                .expireAfterWrite(Duration.ofMinutes(1))
                .ticker(ticker)
                .maximumSize(20_000)
                .build();
    }

    @Override
    public Set<String> kinds() {
        return Set.of("message", "edited_message", "callback_query", "my_chat_member");
    }

    /** Before it is said who answers for the newsletter, nobody is listened to. */
    @Override
    public List<Channel> bots(Tx tx) {
        SignUpSettings settings = signUps.settings(tx, BranchId.MAIN);
        Secret token = settings.bot();
        return token != null && settings.ready() && !taken.test(tx, token)
                ? List.of(channel(token, server))
                : List.of();
    }

    /** The bot as a channel that publishes nothing. */
    static Channel channel(Secret token, String server) {
        return new Channel(
                "newsletter-bot",
                BranchId.MAIN,
                "newsletter-bot",
                "telegram",
                server.isEmpty() ? Map.of() : Map.of("baseUrl", server),
                Map.of("botToken", token),
                Instant.EPOCH);
    }

    @Override
    public void handle(Tx tx, TelegramUpdate update) {
        SignUpSettings settings = signUps.settings(tx, BranchId.MAIN);
        Secret token = settings.bot();
        if (token == null
                || !token.reveal().startsWith(update.bot() + ":")
                || !settings.ready()
                || taken.test(tx, token)) {
            return;
        }
        JsonNode body = update.body();
        JsonNode from = body.path("from");
        boolean press = update.kind().equals("callback_query");
        JsonNode chat = press ? body.path("message").path("chat") : body.path("chat");
        long account = from.path("id").asLong();
        if (!chat.path("type").asText().equals("private")
                || account <= 0
                || chat.path("id").asLong() != account
                || from.path("is_bot").asBoolean()) {
            return;
        }
        if (update.kind().equals("my_chat_member")) {
            blocked(tx, account, body.path("new_chat_member").path("status").asText());
            return;
        }
        if (minute.get(account, one -> new AtomicInteger()).incrementAndGet() <= A_MINUTE) {
            hear(tx, settings, update, account, press);
        }
    }

    @Override
    public boolean ready(Tx tx) {
        return !bots(tx).isEmpty();
    }

    @Override
    public void askStill(Tx tx, Subscriber one) {
        Long account = one.person().telegramId();
        if (account != null) {
            replies.insert(tx, calls.ask(one, account, Dialogue.still()));
            tx.afterCommit(bell::ring);
        }
    }

    /** Who blocks the bot is not written to; he may come back. */
    private void blocked(Tx tx, long account, String status) {
        if (status.equals("kicked")) {
            replies.forget(tx, account);
            talks.forget(tx, BranchId.MAIN, account);
            deeds.unreachable(tx, account);
        }
    }

    private void hear(Tx tx, SignUpSettings settings, TelegramUpdate update, long account, boolean press) {
        JsonNode body = update.body();
        Optional<Subscriber> subscriber = deeds.subscriber(tx, account);
        Talk before = talks.find(tx, BranchId.MAIN, account, clock.instant().minus(REMEMBERED))
                .orElseGet(() -> begun(body.path("from").path("language_code").asText(""), subscriber));
        Heard heard = press
                ? signature
                        .read(account, body.path("data").asText(""))
                        .map(Heard.class::cast)
                        .orElse(new Heard.Something())
                : heard(body);
        House house = new House(
                settings,
                signUps.topics(tx, BranchId.MAIN),
                texts(tx),
                signUps.byMail(),
                subscriber,
                base.isEmpty() ? "" : base + "/newsletter/privacy?lang=" + before.language());
        Turn turn = Dialogue.turn(before, heard, house);
        JsonNode message = press ? body.path("message") : body;
        @Nullable
        Integer messageId =
                message.path("message_id").isInt() ? message.path("message_id").asInt() : null;
        List<BotReply> out = new ArrayList<>();
        if (press) {
            out.add(calls.pressed(BranchId.MAIN, account, body.path("id").asText("")));
        }
        act(tx, turn, before, account, update, messageId, press, out);
        talks.save(tx, BranchId.MAIN, account, turn.talk(), clock.instant());
        if (turn.deeds().stream().anyMatch(Deed.Erase.class::isInstance)) {
            talks.forget(tx, BranchId.MAIN, account);
        }
        out.forEach(reply -> replies.insert(tx, reply));
        tx.afterCommit(bell::ring);
    }

    private static Talk begun(String languageCode, Optional<Subscriber> subscriber) {
        return Dialogue.begin(subscriber.map(Subscriber::language).orElse(languageCode));
    }

    private Map<String, ConsentText> texts(Tx tx) {
        Map<String, ConsentText> texts = new HashMap<>();
        for (String language : List.of("fr", "en")) {
            signUps.text(tx, BranchId.MAIN, language).ifPresent(text -> texts.put(language, text));
        }
        return texts;
    }

    private void act(
            Tx tx,
            Turn turn,
            Talk before,
            long account,
            TelegramUpdate update,
            @Nullable Integer messageId,
            boolean press,
            List<BotReply> out) {
        String language = turn.talk().language();
        try {
            for (Deed deed : turn.deeds()) {
                if (deed instanceof Deed.DeleteMessage) {
                    if (messageId != null && !press) {
                        out.add(calls.delete(BranchId.MAIN, account, messageId));
                    }
                } else if (deed instanceof Deed.SendData) {
                    deeds.act(tx, deed, account, before, "");
                    deeds.subscriber(tx, account).ifPresent(one -> {
                        out.add(calls.file(BranchId.MAIN, account, one.id()));
                        before(deeds.data(tx, one))
                                .ifPresent(reply -> out.add(calls.say(BranchId.MAIN, account, reply, language, null)));
                    });
                } else {
                    deeds.act(tx, deed, account, before, "update:" + update.bot() + ":" + update.id());
                }
            }
            turn.replies().forEach(reply -> out.add(calls.say(BranchId.MAIN, account, reply, language, messageId)));
        } catch (FaultException e) {
            if (e.kind() == FaultException.Kind.STORAGE) {
                // Nothing of it was done: the update is not confirmed, and comes again.
                throw e;
            }
            log.atInfo().addKeyValue("kind", e.kind()).log("what somebody asked the bot for could not be done");
            out.add(calls.say(
                    BranchId.MAIN,
                    account,
                    new Reply(e.faults().getFirst().message(), "", List.of(), false),
                    language,
                    messageId));
        }
    }

    /** What he was before, and what he asked for besides this. */
    private static Optional<Reply> before(PersonData data) {
        int others = data.requests().size() - 1;
        return data.earlier().isEmpty() && others <= 0
                ? Optional.empty()
                : Optional.of(new Reply(
                        Message.of(
                                "bot.data.before", "earlier", data.earlier().size(), "requests", Math.max(0, others)),
                        "",
                        List.of(),
                        false));
    }

    private static Heard heard(JsonNode message) {
        // Words under a picture are words.
        String text =
                message.path("text").asText(message.path("caption").asText("")).strip();
        if (text.isEmpty()) {
            return new Heard.Something();
        }
        Matcher command = COMMAND.matcher(text);
        return command.matches()
                ? new Heard.Command(
                        command.group(1).toLowerCase(Locale.ROOT),
                        command.group(2) == null ? "" : command.group(2).strip())
                : new Heard.Words(text);
    }
}
