package org.tocsin.subscriber.hook;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.base.BranchId;
import org.tocsin.base.DueQueue;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.base.Wakeup;
import org.tocsin.delivery.Notices;
import org.tocsin.delivery.RetryPolicy;
import org.tocsin.http.HttpClient;
import org.tocsin.http.HttpResult;
import org.tocsin.http.RetryAfter;
import org.tocsin.http.StandardWebhooks;
import org.tocsin.subscriber.SubscriptionEvent;
import org.tocsin.subscriber.SubscriptionHook;
import org.tocsin.subscriber.SubscriptionHookRepository;

/**
 * Tells what happened to subscribers: at least once, each time with the same id and body, of each subscriber in order. What was told is
 * deleted. What nobody has taken for three days is given up; the team is told an hour after the first failure.
 */
public final class HookSender implements DueQueue<SubscriptionEvent> {
    static final Duration GIVE_UP = Duration.ofDays(3);
    static final Duration TELL = Duration.ofHours(1);
    static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final Logger log = LoggerFactory.getLogger(HookSender.class);

    private final UnitOfWork unitOfWork;
    private final SubscriptionHookRepository rows;
    private final HttpClient http;
    private final RetryPolicy retry;
    private final Notices notices;
    private final Clock clock;
    private final Wakeup bell;
    private final Set<String> busy;

    public HookSender(
            UnitOfWork unitOfWork,
            SubscriptionHookRepository rows,
            HttpClient http,
            RetryPolicy retry,
            Notices notices,
            Clock clock,
            Wakeup bell) {
        this.unitOfWork = unitOfWork;
        this.rows = rows;
        this.http = http;
        this.retry = retry;
        this.notices = notices;
        this.clock = clock;
        this.bell = bell;
        this.busy = ConcurrentHashMap.newKeySet();
    }

    @Override
    public List<SubscriptionEvent> claim(int max) {
        return unitOfWork.read(tx -> rows.due(tx, clock.instant(), max)).stream()
                .filter(event -> busy.add(event.id()))
                .toList();
    }

    @Override
    public void release(SubscriptionEvent event) {
        busy.remove(event.id());
    }

    @Override
    public Object key(SubscriptionEvent event) {
        return event.id();
    }

    @Override
    public Optional<Instant> nextAt() {
        return unitOfWork.read(rows::nextAt);
    }

    @Override
    public Wakeup wakeup() {
        return bell;
    }

    /** Tells one, once. */
    public void send(SubscriptionEvent event) {
        Optional<SubscriptionHook> hook = unitOfWork.read(tx -> rows.find(tx, event.branch()));
        if (hook.isEmpty()) {
            unitOfWork.write(Urgency.DELIVERY, tx -> {
                rows.delete(tx, event.id());
                return true;
            });
            return;
        }
        HttpResult result = post(hook.get(), event.id(), EventJson.of(event));
        Optional<Message> failure = failure(result);
        unitOfWork.write(Urgency.DELIVERY, tx -> {
            record(tx, event, failure.orElse(null), asked(result));
            return true;
        });
        if (failure.isPresent()) {
            log.atInfo()
                    .addKeyValue("event", event.id())
                    .addKeyValue("attempts", event.attempts() + 1)
                    .log("an event of a subscription was not taken");
        }
    }

    /** @return why it was not taken; empty where it was */
    Optional<Message> test(SubscriptionHook hook, String id) {
        return failure(post(hook, id, EventJson.test(id, clock.instant())));
    }

    private HttpResult post(SubscriptionHook hook, String id, String body) {
        return http.send(
                StandardWebhooks.request(URI.create(hook.url()), hook.secret().reveal(), id, clock.instant(), body)
                        .within(DEADLINE));
    }

    private static Optional<Message> failure(HttpResult result) {
        return switch (result) {
            case HttpResult.Answer answer when answer.ok() -> Optional.empty();
            case HttpResult.Answer answer ->
                Optional.of(Message.of("signup.webhook.status", "status", answer.status()));
            case HttpResult.NotSent(var failure) -> Optional.of(failure.told());
            case HttpResult.NoAnswer(var failure) -> Optional.of(failure.told());
        };
    }

    private @Nullable Instant asked(HttpResult result) {
        return result instanceof HttpResult.Answer answer && !answer.ok()
                ? new RetryAfter(clock).asked(answer).orElse(null)
                : null;
    }

    private void record(Tx tx, SubscriptionEvent event, @Nullable Message failure, @Nullable Instant asked) {
        Instant now = clock.instant();
        if (failure == null || now.isAfter(event.at().plus(GIVE_UP))) {
            rows.delete(tx, event.id());
        } else {
            int attempts = event.attempts() + 1;
            Instant next = now.plus(retry.backOff(attempts));
            rows.later(tx, event.id(), attempts, asked != null && asked.isAfter(next) ? asked : next);
        }
        rows.find(tx, event.branch()).ifPresent(hook -> went(tx, event.branch(), hook, failure));
    }

    /** Says at the webhook how it goes, and to the team where it has failed for long. */
    void went(Tx tx, BranchId branch, SubscriptionHook hook, @Nullable Message failure) {
        Instant now = clock.instant();
        Instant before = hook.failingAt();
        Instant since = failure == null ? null : before == null ? now : before;
        boolean tell = since != null && !hook.told() && !since.plus(TELL).isAfter(now);
        if (tell) {
            notices.raise(
                    tx, branch, Notices.Kind.SUBSCRIBER_WEBHOOK, branch.value(), Message.of("signup.webhook.failing"));
        } else if (failure == null && hook.told()) {
            notices.close(tx, branch, Set.of(Notices.Kind.SUBSCRIBER_WEBHOOK), branch.value());
        }
        rows.went(
                tx,
                branch,
                new SubscriptionHook(
                        hook.url(),
                        hook.secret(),
                        hook.withAddress(),
                        failure == null ? now : hook.workedAt(),
                        failure,
                        since,
                        failure != null && (hook.told() || tell),
                        hook.version()));
    }
}
