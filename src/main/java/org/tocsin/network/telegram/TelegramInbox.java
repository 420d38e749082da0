package org.tocsin.network.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.http.HttpResult;
import org.tocsin.http.HttpResult.Answer;
import org.tocsin.mention.ReadResult;
import org.tocsin.network.Channel;
import org.tocsin.network.InboxRepository;
import org.tocsin.network.Json;
import org.tocsin.network.PublishResult;

/**
 * What one bot is told. Updates are confirmed by the next question, and that is asked only after what they say is committed together with
 * how far they were taken. Where another program receives the bot's updates, nothing is taken away from it: a person decides.
 */
public final class TelegramInbox {
    /** As {@code limit} allows at most. */
    private static final int MOST = 100;
    /** Telegram gives ids anew after a week in which nothing came, and they may be lower. */
    private static final Duration FORGET = Duration.ofDays(6);
    /** How often it is looked whether another program has left the bot alone. */
    private static final Duration LOOK_AGAIN = Duration.ofMinutes(5);

    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final int DOUBLINGS = 9;
    /** So often an update that cannot be kept is tried alone. */
    private static final int TRIES = 3;

    private static final Logger log = LoggerFactory.getLogger(TelegramInbox.class);

    private final UnitOfWork unitOfWork;
    private final InboxRepository inboxes;
    private final TelegramApi api;
    private final TelegramAnswers answers;
    private final List<UpdateHandler> handlers;
    private final Clock clock;
    private final String bot;
    private int failures;
    private int refused;
    private int conflicts;
    private @Nullable Reach reach;

    /** @param bot its number */
    TelegramInbox(
            UnitOfWork unitOfWork,
            InboxRepository inboxes,
            TelegramApi api,
            TelegramAnswers answers,
            List<UpdateHandler> handlers,
            Clock clock,
            String bot) {
        this.unitOfWork = unitOfWork;
        this.inboxes = inboxes;
        this.api = api;
        this.answers = answers;
        this.handlers = handlers;
        this.clock = clock;
        this.bot = bot;
    }

    /**
     * What a bot hears in groups.
     *
     * @param name its user name, without the at sign
     * @param all  whether it hears all, and not only what is addressed to it (BotFather's privacy mode)
     */
    public record Reach(String name, boolean all) {}

    private String id() {
        return "telegram:" + bot;
    }

    /**
     * Asks once, and keeps what comes.
     *
     * @param channel by whose token
     * @param wait    how long Telegram may wait for something to come
     * @return how long to rest before the next question
     */
    Duration poll(Channel channel, Duration wait) {
        if (reach == null) {
            reach = reach(channel);
        }
        Instant asked = clock.instant();
        long next = unitOfWork
                .read(tx -> inboxes.find(tx, id()))
                .filter(taken -> taken.at().plus(FORGET).isAfter(asked))
                .map(InboxRepository.Taken::next)
                .orElse(0L);
        HttpResult result = api.ask(channel, "getUpdates", question(next, wait), wait);
        Optional<JsonNode> updates = TelegramAnswers.result(result).filter(JsonNode::isArray);
        if (updates.isEmpty()) {
            return unheard(channel, result);
        }
        conflicts = 0;
        return keep(updates.get(), next);
    }

    private ObjectNode question(long next, Duration wait) {
        ObjectNode question = Json.object().put("limit", refused > 0 ? 1 : MOST).put("timeout", wait.toSeconds());
        if (next > 0) {
            question.put("offset", next);
        }
        ArrayNode kinds = question.putArray("allowed_updates");
        handlers.stream()
                .flatMap(one -> one.kinds().stream())
                .distinct()
                .sorted()
                .forEach(kinds::add);
        return question;
    }

    private @Nullable Reach reach(Channel channel) {
        return TelegramAnswers.result(api.ask(channel, "getMe", Json.object(), Duration.ZERO))
                .map(me -> new Reach(
                        me.path("username").asText(""),
                        me.path("can_read_all_group_messages").asBoolean()))
                .orElse(null);
    }

    private Duration keep(JsonNode answered, long next) {
        List<TelegramUpdate> updates = new ArrayList<>();
        long last = next - 1;
        for (JsonNode update : answered) {
            long id = update.path("update_id").asLong(0);
            last = Math.max(last, id);
            for (Map.Entry<String, JsonNode> field : update.properties()) {
                if (field.getValue().isObject()) {
                    updates.add(new TelegramUpdate(bot, id, field.getKey(), field.getValue()));
                }
            }
        }
        long taken = last + 1;
        boolean skip = refused >= TRIES;
        try {
            unitOfWork.write(Urgency.BULK, tx -> {
                Reach known = reach;
                if (known != null) {
                    handlers.forEach(handler -> handler.heard(tx, bot, known));
                }
                if (!answered.isEmpty()) {
                    inboxes.save(tx, id(), new InboxRepository.Taken(taken, clock.instant()));
                    updates.stream()
                            .filter(update -> !skip)
                            .forEach(update -> handlers.stream()
                                    .filter(handler -> handler.kinds().contains(update.kind()))
                                    .forEach(handler -> handler.handle(tx, update)));
                }
                return true;
            });
        } catch (FaultException full) {
            // The disk: the updates wait at Telegram, for a day.
            return later();
        } catch (RuntimeException e) {
            refused++;
            log.atError().setCause(e).addKeyValue("bot", bot).log("an update could not be kept");
            return later();
        }
        if (skip) {
            log.atError().addKeyValue("bot", bot).addKeyValue("update", last).log("an update was left out");
        }
        refused = 0;
        failures = 0;
        return Duration.ZERO;
    }

    private Duration later() {
        Duration rest = SHORTEST.multipliedBy(1L << Math.min(failures++, DOUBLINGS));
        return rest.compareTo(LONGEST) > 0 ? LONGEST : rest;
    }

    private Duration unheard(Channel channel, HttpResult result) {
        PublishResult.NoEffect outcome = answers.harmless(channel, result);
        boolean conflict = result instanceof Answer answer && answer.status() == 409;
        String webhook = conflict ? webhook(channel) : "";
        if (conflict && webhook.isEmpty() && conflicts++ == 0) {
            // A question of our own, as when a channel is connected, ends the one before it.
            return SOON;
        }
        ReadResult why = conflict
                ? new ReadResult.Held(whoElse(channel, webhook), clock.instant().plus(LOOK_AGAIN))
                : new ReadResult.NotRead(outcome);
        unitOfWork.write(Urgency.BULK, tx -> {
            handlers.forEach(handler -> handler.unheard(tx, bot, why));
            return true;
        });
        reach = null;
        if (conflict || outcome instanceof PublishResult.Unauthorized) {
            return LOOK_AGAIN;
        }
        Duration rest = later();
        Instant until = outcome instanceof PublishResult.Throttled throttled ? throttled.until() : null;
        Duration told = until == null ? Duration.ZERO : Duration.between(clock.instant(), until);
        return told.compareTo(rest) > 0 ? told : rest;
    }

    /** One code stands for a webhook and for another program that asks; only this method tells which. */
    private String webhook(Channel channel) {
        return TelegramAnswers.result(api.ask(channel, "getWebhookInfo", Json.object(), Duration.ZERO))
                .map(info -> info.path("url").asText(""))
                .orElse("");
    }

    /** It is never taken away: it is somebody's. */
    private static Message whoElse(Channel channel, String webhook) {
        return Message.of(
                webhook.isEmpty() ? "heard.telegram.poller" : "heard.telegram.webhook", "channel", channel.name());
    }
}
