package org.tocsin.bot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.telegram.telegrambots.meta.api.methods.updatingmessages.DeleteMessage;
import org.tocsin.base.BranchId;
import org.tocsin.base.DueQueue;
import org.tocsin.base.Secret;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.base.Wakeup;
import org.tocsin.http.HttpBody;
import org.tocsin.http.HttpClient;
import org.tocsin.http.HttpRequest;
import org.tocsin.http.HttpResult;
import org.tocsin.subscriber.SignUps;
import org.tocsin.subscriber.dialogue.BotReply;
import org.tocsin.subscriber.dialogue.BotReplyRepository;
import org.tocsin.subscriber.dialogue.TalkRepository;

/**
 * Makes the bot's calls, in order in each chat, each once. Telegram knows no key by which a call could be repeated safely, so that one whose
 * answer was lost is not made again: the person sees that nothing came and presses once more. Taking a message away is repeated: a second time
 * it is only gone already.
 */
public final class BotMessenger implements DueQueue<BotReply> {
    static final String SERVER = "https://api.telegram.org";
    private static final String BOUNDARY = "tocsin-data-5f1c0b7e";
    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final Duration SHORTEST = Duration.ofSeconds(2);
    private static final int TRIES = 8;
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Logger log = LoggerFactory.getLogger(BotMessenger.class);

    private final UnitOfWork unitOfWork;
    private final BotReplyRepository replies;
    private final TalkRepository talks;
    private final SignUps signUps;
    private final SignUpDeeds deeds;
    private final BiFunction<BranchId, String, Optional<String>> data;
    private final HttpClient http;
    private final String server;
    private final Wakeup bell;
    private final Clock clock;
    private final Set<String> busy;
    /** The calls that were made and whose outcome is not in the store. */
    private final Set<String> unwritten;

    /**
     * @param data   what is kept of a subscriber, as JSON
     * @param server of the Bot API; empty for the usual one
     */
    BotMessenger(
            UnitOfWork unitOfWork,
            BotReplyRepository replies,
            TalkRepository talks,
            SignUps signUps,
            SignUpDeeds deeds,
            BiFunction<BranchId, String, Optional<String>> data,
            HttpClient http,
            String server,
            Wakeup bell,
            Clock clock) {
        this.unitOfWork = unitOfWork;
        this.replies = replies;
        this.talks = talks;
        this.signUps = signUps;
        this.deeds = deeds;
        this.data = data;
        this.http = http;
        this.server = server.isEmpty() ? SERVER : server.replaceAll("/+$", "");
        this.bell = bell;
        this.clock = clock;
        this.busy = ConcurrentHashMap.newKeySet();
        this.unwritten = ConcurrentHashMap.newKeySet();
    }

    /** Forgets what a crash has cut off, and talks that are over. To be called at the start and now and then. */
    public void clear() {
        unitOfWork.write(Urgency.BULK, tx -> {
            if (busy.isEmpty()) {
                replies.clear(tx);
            }
            talks.sweep(tx, clock.instant().minus(Duration.ofDays(1)));
            return true;
        });
    }

    @Override
    public List<BotReply> claim(int max) {
        forgetUnwritten();
        return unitOfWork.read(tx -> replies.due(tx, clock.instant(), max)).stream()
                .filter(reply -> busy.add(reply.id()))
                .toList();
    }

    /** What was called and whose outcome the store could not take, on a full disk: it is not called again, and holds up no later answer. */
    private void forgetUnwritten() {
        for (String id : List.copyOf(unwritten)) {
            unitOfWork.write(Urgency.DELIVERY, tx -> {
                replies.delete(tx, id);
                return true;
            });
            unwritten.remove(id);
        }
    }

    @Override
    public void release(BotReply reply) {
        busy.remove(reply.id());
    }

    @Override
    public Object key(BotReply reply) {
        return reply.id();
    }

    @Override
    public Optional<Instant> nextAt() {
        return unitOfWork.read(replies::nextAt);
    }

    @Override
    public Wakeup wakeup() {
        return bell;
    }

    /** Makes one call, once. */
    public void send(BotReply reply) {
        Secret token = signUps.settings(reply.branch()).bot();
        Optional<HttpBody> body = body(reply);
        boolean begun = token != null
                && body.isPresent()
                // What may be made twice is not marked: after a crash it is simply still to be made.
                && (repeatable(reply) || unitOfWork.write(Urgency.DELIVERY, tx -> replies.begin(tx, reply.id())));
        if (token == null || body.isEmpty() || !begun) {
            unitOfWork.write(Urgency.DELIVERY, tx -> {
                replies.delete(tx, reply.id());
                return true;
            });
            return;
        }
        URI url = URI.create(server + "/bot" + token.reveal() + "/" + reply.method());
        HttpResult result = http.send(HttpRequest.post(url, body.get()).within(DEADLINE));
        try {
            settle(reply, result);
        } catch (RuntimeException e) {
            if (!repeatable(reply)) {
                unwritten.add(reply.id());
            }
            throw e;
        }
    }

    private Optional<HttpBody> body(BotReply reply) {
        String file = reply.file();
        return file == null
                ? Optional.of(HttpBody.json(reply.body()))
                : data.apply(reply.branch(), file).map(json -> document(reply.chatId(), json));
    }

    /** RFC 7578, of two parts whose text cannot hold the boundary. */
    private static HttpBody document(long chatId, String json) {
        String text =
                "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"chat_id\"\r\n\r\n" + chatId + "\r\n--"
                        + BOUNDARY
                        + "\r\nContent-Disposition: form-data; name=\"document\"; filename=\"newsletter-data.json\"\r\n"
                        + "Content-Type: application/json\r\n\r\n" + json.replace(BOUNDARY, "") + "\r\n--" + BOUNDARY
                        + "--\r\n";
        return new HttpBody.Text("multipart/form-data; boundary=" + BOUNDARY, text);
    }

    private void settle(BotReply reply, HttpResult result) {
        Instant now = clock.instant();
        Optional<Duration> wait = wait(reply, result);
        boolean again = wait.isPresent() && reply.attempts() + 1 < TRIES;
        unitOfWork.write(Urgency.DELIVERY, tx -> {
            if (again) {
                replies.later(tx, reply.id(), reply.attempts() + 1, now.plus(wait.orElseThrow()));
            } else {
                replies.delete(tx, reply.id());
            }
            String asks = reply.asks();
            if (asks != null && result instanceof HttpResult.Answer answer && answer.ok()) {
                deeds.asked(tx, asks);
            }
            if (result instanceof HttpResult.Answer answer && blocked(answer)) {
                // He blocked the bot, or is gone from Telegram.
                replies.forget(tx, reply.chatId());
                deeds.unreachable(tx, reply.chatId());
            }
            return true;
        });
        if (!(result instanceof HttpResult.Answer answer && answer.ok())) {
            log.atWarn()
                    .addKeyValue("method", reply.method())
                    .addKeyValue("status", result instanceof HttpResult.Answer answer ? answer.status() : 0)
                    .addKeyValue("again", again)
                    .log("a call of the newsletter's bot was not answered well");
        }
    }

    /** Telegram says so itself: what stands between may answer 403 as well. */
    private static boolean blocked(HttpResult.Answer answer) {
        try {
            JsonNode body = JSON.readTree(answer.bytes());
            return answer.status() == 403
                    && body.path("error_code").asInt() == 403
                    && Forbidden.byPerson(body.path("description").asText(""));
        } catch (IOException unreadable) {
            return false;
        }
    }

    private static boolean repeatable(BotReply reply) {
        return reply.method().equalsIgnoreCase(DeleteMessage.PATH);
    }

    /** @return how long to wait where it surely had no effect, or has no more by a second call, and may be made again */
    private static Optional<Duration> wait(BotReply reply, HttpResult result) {
        Duration rest = SHORTEST.multipliedBy(1L << Math.min(reply.attempts(), 6));
        return switch (result) {
            case HttpResult.Answer answer when answer.status() == 429 -> Optional.of(longer(rest, asked(answer)));
            case HttpResult.Answer answer when repeatable(reply) && answer.status() >= 500 -> Optional.of(rest);
            case HttpResult.NoAnswer _ when repeatable(reply) -> Optional.of(rest);
            case HttpResult.Answer _, HttpResult.NoAnswer _ -> Optional.empty();
            case HttpResult.NotSent _ -> Optional.of(rest);
        };
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    /** core.telegram.org/bots/api#responseparameters: {@code retry_after}, in seconds. */
    private static Duration asked(HttpResult.Answer answer) {
        try {
            JsonNode said = JSON.readTree(answer.bytes());
            return Duration.ofSeconds(
                    Math.clamp(said.path("parameters").path("retry_after").asLong(1), 1, 3_600));
        } catch (IOException unreadable) {
            return SHORTEST;
        }
    }
}
