package org.tocsin.newsletter;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.base.BranchId;
import org.tocsin.base.DueQueue;
import org.tocsin.base.Message;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.base.Wakeup;
import org.tocsin.letter.LetterBox;
import org.tocsin.letter.Posted;
import org.tocsin.newsletter.Intents.Step;
import org.tocsin.newsletter.NewsletterSend.Strike;
import org.tocsin.subscriber.Subscriber.Reach;

/**
 * Sends letters: of each connection one at a time is under way. That a letter is about to leave is synced before its first byte; what became of
 * it is written together with the intent of the next.
 */
public final class Sending implements DueQueue<LetterRun>, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Sending.class);

    /** A turn ends after so many letters, so that newsletters take turns and a stop waits for little. */
    private static final int TURN = 50;

    private static final Duration LONGEST_TURN = Duration.ofSeconds(5);
    /** Servers close what is silent for longer, and a person's server has few connections to give. */
    private static final Duration IDLE = Duration.ofSeconds(20);

    private final NewsletterStores stores;
    private final Intents intents;
    private final Outcomes outcomes;
    private final Departures departures;
    private final LetterBox box;
    private final TelegramLetters bots;
    private final SendingSettings settings;
    private final Clock clock;
    private final Wakeup wakeup;
    private final Wakeup ended;
    private final Set<LetterRun> busy;
    private final Set<String> inHand;
    private final Map<Reach, String> served;
    private final Deque<Kept> idle;
    private final CountDownLatch stopped;

    private record Kept(LetterBox.Line line, Instant since) {}

    /**
     * @param wakeup rung when there may be something to send
     * @param ended  rung when a newsletter may have been sent
     */
    public Sending(
            NewsletterStores stores,
            Intents intents,
            Outcomes outcomes,
            Departures departures,
            LetterBox box,
            TelegramLetters bots,
            SendingSettings settings,
            Clock clock,
            Wakeup wakeup,
            Wakeup ended) {
        this.stores = stores;
        this.intents = intents;
        this.outcomes = outcomes;
        this.departures = departures;
        this.box = box;
        this.bots = bots;
        this.settings = settings;
        this.clock = clock;
        this.wakeup = wakeup;
        this.ended = ended;
        this.busy = ConcurrentHashMap.newKeySet();
        this.inHand = ConcurrentHashMap.newKeySet();
        this.served = new ConcurrentHashMap<>();
        this.idle = new ArrayDeque<>();
        this.stopped = new CountDownLatch(1);
    }

    /**
     * Marks what was begun and has no outcome: it may have arrived. To be called at the start, before anything is claimed.
     *
     * @return how many
     */
    public int recover() {
        return lost(stores.unitOfWork().read(stores.sends()::begun));
    }

    private int lost(Collection<String> ids) {
        return ids.isEmpty()
                ? 0
                : stores.unitOfWork().write(Urgency.DELIVERY, tx -> {
                    int lost = 0;
                    for (String id : ids) {
                        lost += !inHand.contains(id) && outcomes.lose(tx, id) ? 1 : 0;
                    }
                    return lost;
                });
    }

    @Override
    public List<LetterRun> claim(int max) {
        Instant now = clock.instant();
        // A row that is being sent by nobody: its outcome could not be written.
        List<String> orphans = stores.unitOfWork().read(stores.sends()::begun).stream()
                .filter(id -> !inHand.contains(id))
                .toList();
        if (!orphans.isEmpty()) {
            log.atWarn().addKeyValue("letters", lost(orphans)).log("letters have no outcome");
        }
        List<LetterRun> runs = new ArrayList<>();
        for (Due due : inTurn(due(now))) {
            int slots = due.reach() == Reach.MAIL ? settings.connections() : SendingSettings.TELEGRAM_AT_ONCE;
            for (int slot = 0; slot < slots && runs.size() < max; slot++) {
                LetterRun run = new LetterRun(due.newsletter().id(), due.reach(), slot);
                if (taken(due.reach(), slot, runs) || !busy.add(run)) {
                    continue;
                }
                runs.add(run);
                served.put(due.reach(), due.newsletter().id());
            }
        }
        if (runs.isEmpty()) {
            strike();
            closeIdle(now.minus(IDLE));
        }
        return runs;
    }

    /** After the newsletter that had the last connection come the others: one of many letters keeps none of few waiting for days. */
    private List<Due> inTurn(List<Due> due) {
        return due.stream()
                .sorted(Comparator.comparing(
                                (Due one) -> one.newsletter().id().compareTo(served.getOrDefault(one.reach(), "")) <= 0)
                        .thenComparing(one -> one.newsletter().id()))
                .toList();
    }

    /** The connections to the mail server are the same for all newsletters. */
    private boolean taken(Reach reach, int slot, List<LetterRun> runs) {
        return reach == Reach.MAIL
                && Stream.concat(busy.stream(), runs.stream())
                        .anyMatch(run -> run.reach() == reach && run.slot() == slot);
    }

    private record Due(Newsletter newsletter, Reach reach, Instant at) {}

    private List<Due> due(Instant now) {
        return all(now).filter(due -> !due.at().isAfter(now)).toList();
    }

    private Stream<Due> all(Instant now) {
        // Asked before: what reads within a read waits for a connection that it may hold itself.
        boolean mail = box.ready();
        Set<BranchId> telegram = stores
                .unitOfWork()
                .read(tx -> stores.newsletters().active(tx, now))
                .stream()
                .map(Newsletter::branch)
                .distinct()
                .filter(bots::ready)
                .collect(Collectors.toSet());
        return stores
                .unitOfWork()
                .read(tx -> {
                    List<Due> found = new ArrayList<>();
                    for (Newsletter one : stores.newsletters().active(tx, now)) {
                        for (Reach reach : Reach.values()) {
                            boolean ready = reach == Reach.MAIL ? mail : telegram.contains(one.branch());
                            Optional<Instant> next = one.state() == Newsletter.State.SENDING && ready
                                    ? stores.sends().nextAt(tx, one.id(), reach)
                                    : Optional.empty();
                            next.map(at -> later(at, intents.opens(tx, one, reach, now)))
                                    .ifPresent(at -> found.add(new Due(one, reach, at)));
                        }
                    }
                    return found;
                })
                .stream();
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    @Override
    public void release(LetterRun run) {
        busy.remove(run);
    }

    @Override
    public Optional<Instant> nextAt() {
        return all(clock.instant()).map(Due::at).min(Instant::compareTo);
    }

    @Override
    public Wakeup wakeup() {
        return wakeup;
    }

    /** A letter whose outcome is not written yet. */
    record Sent(Step.Go intent, Posted posted) {}

    /** Sends some letters, one after the other. */
    public void run(LetterRun run) throws InterruptedException {
        LetterBox.Line line = run.reach() == Reach.MAIL ? line() : null;
        Instant until = clock.instant().plus(LONGEST_TURN);
        try {
            Sent before = null;
            for (int count = 0; ; count++) {
                boolean last = count >= TURN || clock.instant().isAfter(until) || stopped.getCount() == 0;
                Step step = step(run, before, last);
                before = null;
                if (step instanceof Step.Go go) {
                    before = new Sent(go, sent(go, line));
                } else if (step instanceof Step.Wait(Instant at) && !last && !at.isAfter(until)) {
                    pause(Duration.between(clock.instant(), at));
                } else {
                    break;
                }
            }
        } finally {
            if (line != null) {
                keep(line);
            }
            ended.ring();
        }
    }

    /** Waits for its turn; a stop wakes it. */
    private void pause(Duration wait) throws InterruptedException {
        if (wait.isPositive() && stopped.await(wait.toNanos(), TimeUnit.NANOSECONDS)) {
            log.debug("a turn ends early, for the daemon stops");
        }
    }

    /** Lets each turn end after the letter that is under way. */
    public void stop() {
        stopped.countDown();
    }

    private Step step(LetterRun run, @Nullable Sent before, boolean last) {
        List<String> mine = new ArrayList<>();
        try {
            AtomicBoolean struck = new AtomicBoolean();
            Step next = stores.unitOfWork().write(Urgency.DELIVERY, tx -> {
                if (before != null) {
                    struck.set(outcomes.record(tx, before.intent(), before.posted()));
                }
                Step step = last ? new Step.Nothing() : intents.next(tx, run);
                if (step instanceof Step.Go go) {
                    inHand.add(go.row().id());
                    mine.add(go.row().id());
                }
                return step;
            });
            if (struck.get()) {
                strike();
            }
            return next;
        } catch (RuntimeException e) {
            // What was not committed is not sent.
            mine.forEach(inHand::remove);
            throw e;
        } finally {
            if (before != null) {
                inHand.remove(before.intent().row().id());
            }
        }
    }

    /** Strikes off whom it is time for; what fails is tried again when there is nothing else to do. */
    private void strike() {
        for (NewsletterSend row : stores.unitOfWork().read(tx -> stores.sends().struck(tx, Strike.DUE))) {
            try {
                BranchId branch = stores.unitOfWork()
                        .read(tx -> stores.newsletters().find(tx, row.newsletterId()))
                        .map(Newsletter::branch)
                        .orElse(BranchId.MAIN);
                Message why = row.reason();
                departures.bounced(
                        branch,
                        row.subscriberId(),
                        row.written(),
                        why == null ? "bot" : why.args().getOrDefault("code", "bot"));
                stores.unitOfWork().write(Urgency.DELIVERY, tx -> {
                    stores.sends().strike(tx, row.id(), null);
                    return true;
                });
            } catch (RuntimeException e) {
                // His address is suppressed meanwhile.
                log.atWarn().setCause(e).addKeyValue("letter", row.id()).log("a reader could not be struck off");
            }
        }
    }

    private Posted sent(Step.Go go, LetterBox.@Nullable Line line) {
        try {
            return switch (go) {
                case Step.Mail mail -> Objects.requireNonNull(line).send(mail.letter());
                case Step.Telegram chat ->
                    bots.send(
                            chat.newsletter().branch(),
                            chat.telegramId(),
                            chat.text(),
                            chat.language(),
                            chat.row().id());
            };
        } catch (RuntimeException e) {
            // After an intent, what nobody understands is unknown.
            log.atError().setCause(e).addKeyValue("letter", go.row().id()).log("a letter failed");
            return new Posted.Unknown(Message.of("newsletter.unknown.failed"));
        }
    }

    private LetterBox.Line line() {
        synchronized (idle) {
            Kept kept = idle.pollLast();
            return kept == null ? box.open() : kept.line();
        }
    }

    private void keep(LetterBox.Line line) {
        synchronized (idle) {
            idle.addLast(new Kept(line, clock.instant()));
        }
    }

    private void closeIdle(Instant before) {
        List<Kept> old = new ArrayList<>();
        synchronized (idle) {
            while (!idle.isEmpty() && !idle.peekFirst().since().isAfter(before)) {
                old.add(idle.pollFirst());
            }
        }
        old.forEach(kept -> kept.line().close());
    }

    /** Says goodbye to the mail server. */
    @Override
    public void close() {
        closeIdle(Instant.MAX);
    }
}
