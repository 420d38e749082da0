package org.tocsin.network.telegram;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.base.UnitOfWork;
import org.tocsin.http.HttpClient;
import org.tocsin.http.RetryAfter;
import org.tocsin.network.Channel;
import org.tocsin.network.InboxRepository;

/** The inboxes of all bots that somebody listens to: one for each bot, asked by one thread of its own. */
public final class TelegramInboxes implements AutoCloseable {
    /** As long as Telegram's own examples wait; the connection is not held up by anything in between for so short. */
    private static final Duration WAIT = Duration.ofSeconds(25);
    /** How soon a bot is listened to once somebody wants it. */
    private static final Duration LOOK = Duration.ofSeconds(2);

    private static final Logger log = LoggerFactory.getLogger(TelegramInboxes.class);

    private final UnitOfWork unitOfWork;
    private final InboxRepository inboxes;
    private final TelegramApi api;
    private final TelegramAnswers answers;
    private final List<UpdateHandler> handlers;
    private final Clock clock;
    private final ReentrantLock lock;
    private final Condition closing;
    private final Map<String, Poller> pollers;
    private final AtomicReference<@Nullable Thread> supervisor;
    private boolean closed;

    /** @param handlers who takes updates; each is asked which bots it wants */
    public TelegramInboxes(
            UnitOfWork unitOfWork,
            InboxRepository inboxes,
            HttpClient http,
            RetryAfter retryAfter,
            List<UpdateHandler> handlers,
            Clock clock) {
        this.unitOfWork = unitOfWork;
        this.inboxes = inboxes;
        this.api = new TelegramApi(http);
        this.answers = new TelegramAnswers(retryAfter, clock);
        this.handlers = List.copyOf(handlers);
        this.clock = clock;
        this.lock = new ReentrantLock();
        this.closing = lock.newCondition();
        this.pollers = new HashMap<>();
        this.supervisor = new AtomicReference<>();
    }

    private record Poller(Channel channel, Thread thread) {}

    /** @return the inbox of one bot, for whoever drives it by hand */
    TelegramInbox inbox(String bot) {
        return new TelegramInbox(unitOfWork, inboxes, api, answers, handlers, clock, bot);
    }

    /** Begins to ask, and follows what is wanted. */
    public TelegramInboxes start() {
        supervisor.set(Thread.ofVirtual().name("telegram-inboxes").start(() -> {
            do {
                try {
                    follow();
                } catch (RuntimeException e) {
                    log.atError().setCause(e).log("which bots are listened to could not be found out");
                }
            } while (rest(LOOK));
        }));
        return this;
    }

    private void follow() {
        Map<String, Channel> wanted = wanted();
        lock.lock();
        try {
            pollers.entrySet().removeIf(one -> {
                boolean over = !one.getValue().channel().equals(wanted.get(one.getKey()));
                if (over) {
                    one.getValue().thread().interrupt();
                }
                return over;
            });
            wanted.forEach((bot, channel) ->
                    pollers.computeIfAbsent(bot, key -> new Poller(channel, poll(key, channel))));
        } finally {
            lock.unlock();
        }
    }

    private Map<String, Channel> wanted() {
        return unitOfWork.read(tx -> {
            Map<String, Channel> bots = new LinkedHashMap<>();
            handlers.stream()
                    .flatMap(handler -> handler.bots(tx).stream())
                    .filter(channel -> TelegramAccess.tokenFaults(channel).isEmpty())
                    .forEach(channel -> bots.putIfAbsent(TelegramAccess.bot(channel), channel));
            return bots;
        });
    }

    private Thread poll(String bot, Channel channel) {
        TelegramInbox inbox = inbox(bot);
        return Thread.ofVirtual().name("telegram-inbox-" + bot).start(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                Duration rest = LOOK;
                try {
                    rest = inbox.poll(channel, WAIT);
                } catch (RuntimeException e) {
                    log.atError().setCause(e).addKeyValue("bot", bot).log("a bot could not be asked");
                }
                if (!rest(rest)) {
                    return;
                }
            }
        });
    }

    /** @return whether to go on */
    private boolean rest(Duration time) {
        lock.lock();
        try {
            long left = time.toNanos();
            while (!closed && left > 0) {
                left = closing.awaitNanos(left);
            }
            return !closed;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        List<Thread> threads;
        lock.lock();
        try {
            closed = true;
            closing.signalAll();
            threads = pollers.values().stream().map(Poller::thread).toList();
        } finally {
            lock.unlock();
        }
        threads.forEach(Thread::interrupt);
        try {
            for (Thread thread : threads) {
                thread.join(TimeUnit.SECONDS.toMillis(5));
            }
            Thread follower = supervisor.get();
            if (follower != null) {
                follower.join(TimeUnit.SECONDS.toMillis(5));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
