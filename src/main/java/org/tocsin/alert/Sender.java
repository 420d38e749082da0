package org.tocsin.alert;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.alert.way.Letter;
import org.tocsin.alert.way.Sent;
import org.tocsin.alert.way.WayOut;
import org.tocsin.base.DueQueue;
import org.tocsin.base.Ids;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.base.Wakeup;
import org.tocsin.delivery.CrashPoints;
import org.tocsin.delivery.Notices;
import org.tocsin.delivery.RetryPolicy;
import org.tocsin.people.Actor;
import org.tocsin.people.Scope;
import org.tocsin.recipient.Dispatch;
import org.tocsin.recipient.Recipient;
import org.tocsin.recipient.RecipientRepository;
import org.tocsin.recipient.Recipients;
import org.tocsin.recipient.TellingRepository;
import org.tocsin.recipient.Way;
import org.tocsin.recipient.WayKind;

/**
 * Sends what is due on its way, each time with the same id. Where a request may have left and no answer came, it goes again only on a way that
 * knows a repeat; on others nothing is said twice, and the desk is told that nobody knows. What will not be taken is given up at once, what
 * fails for a day likewise; both, and what a webhook declines, are told at the desk, once for each way until it works again. Each way has one
 * text under way at a time, what is urgent first; where a way is silent or cannot be reached, all that waits for it waits: one that hangs
 * holds up no other. Ways that share a server have a few under way together, and wait together where it is silent or the day's mails are used up.
 */
public final class Sender implements DueQueue<Dispatch> {
    private static final Duration GIVE_UP = Duration.ofDays(1);
    /** Texts that are over are kept for as long as people ask why they were not told. */
    private static final Duration KEPT = Duration.ofDays(31);

    private static final int AT_ONCE = 200;
    /** Connections to a server that many ways share: enough for an urgent alert to reach a team at once, and below what mail servers let one client have. */
    private static final int ON_SERVER = 4;

    private static final Logger log = LoggerFactory.getLogger(Sender.class);

    private final UnitOfWork unitOfWork;
    private final RecipientRepository recipients;
    private final TellingRepository tellings;
    private final Letters letters;
    private final Map<WayKind, WayOut> ways;
    private final Notices notices;
    private final RetryPolicy retry;
    private final Ids ids;
    private final Clock clock;
    private final Wakeup wakeup;
    private final CrashPoints points;
    /** The ways on which something is being sent, by their ids. */
    private final Map<String, WayKind> busy;

    /** @param ways what is missing is a sort that is not set up */
    public Sender(
            UnitOfWork unitOfWork,
            RecipientRepository recipients,
            TellingRepository tellings,
            Letters letters,
            Map<WayKind, WayOut> ways,
            Notices notices,
            RetryPolicy retry,
            Ids ids,
            Clock clock,
            Wakeup wakeup,
            CrashPoints points) {
        this.unitOfWork = unitOfWork;
        this.recipients = recipients;
        this.tellings = tellings;
        this.letters = letters;
        this.ways = Map.copyOf(ways);
        this.notices = notices;
        this.retry = retry;
        this.ids = ids;
        this.clock = clock;
        this.wakeup = wakeup;
        this.points = points;
        this.busy = new ConcurrentHashMap<>();
    }

    @Override
    public List<Dispatch> claim(int max) {
        List<Dispatch> claimed = new ArrayList<>();
        boolean full;
        do {
            int most = max - claimed.size();
            full = false;
            for (Due one : unitOfWork.read(tx -> due(tx, most))) {
                if (crowded().contains(one.kind())) {
                    // What waits for its server may stand before what others could send now.
                    full = true;
                } else if (busy.putIfAbsent(one.dispatch().wayId(), one.kind()) == null) {
                    claimed.add(one.dispatch());
                }
            }
        } while (full && claimed.size() < max);
        return claimed;
    }

    private record Due(Dispatch dispatch, WayKind kind) {}

    private List<Due> due(Tx tx, int max) {
        return tellings.dueDispatches(tx, clock.instant(), Set.copyOf(busy.keySet()), crowded(), max).stream()
                .map(dispatch -> new Due(
                        dispatch,
                        // A way that was taken away is found out when its text is sent.
                        recipients.way(tx, dispatch.wayId()).map(Way::kind).orElse(WayKind.WEBHOOK)))
                .toList();
    }

    /** @return the sorts of ways whose server has as many under way as it takes */
    private Set<WayKind> crowded() {
        return Stream.of(WayKind.values())
                .filter(WayKind::sharesServer)
                .filter(kind -> busy.values().stream().filter(kind::equals).count() >= ON_SERVER)
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public void release(Dispatch dispatch) {
        busy.remove(dispatch.wayId());
    }

    @Override
    public Object key(Dispatch dispatch) {
        return dispatch.id();
    }

    @Override
    public Optional<Instant> nextAt() {
        return unitOfWork.read(tx -> tellings.nextDispatch(tx, Set.copyOf(busy.keySet()), crowded()));
    }

    @Override
    public Wakeup wakeup() {
        return wakeup;
    }

    /** What is to be sent, and by which way. */
    private record Ready(Recipient recipient, Way way, Letter letter) {}

    /** Sends one text, once. That it is being sent is durable before its first byte. */
    public void send(Dispatch claimed) {
        Optional<Ready> ready = unitOfWork.write(Urgency.DELIVERY, tx -> begin(tx, claimed));
        if (ready.isEmpty()) {
            return;
        }
        points.pass("sender.after-commit");
        Sent sent = sent(ready.get().way(), ready.get().letter(), claimed.id());
        points.pass("sender.before-record");
        unitOfWork.write(Urgency.DELIVERY, tx -> {
            tellings.dispatch(tx, claimed.id())
                    .filter(now -> now.state() == Dispatch.State.SENDING)
                    .ifPresent(now -> record(tx, now, ready.get(), sent));
            return true;
        });
    }

    private Optional<Ready> begin(Tx tx, Dispatch claimed) {
        Optional<Ready> ready = ready(tx, claimed);
        // Claimed from rows that another may have ended meanwhile: removed with its way, say.
        tellings.dispatch(tx, claimed.id())
                .filter(now -> now.state() == Dispatch.State.WAITING)
                .ifPresent(now -> {
                    if (ready.isEmpty()) {
                        end(tx, now);
                    } else {
                        Instant at = clock.instant();
                        tellings.attempted(
                                tx, now.id(), Dispatch.State.SENDING, now.attempts() + 1, at, now.failure(), at);
                    }
                });
        return ready;
    }

    /**
     * Goes on after a stop of whatever sort, before anything is sent: what was begun goes again where a repeat is known for one; elsewhere it
     * stays unknown, and the desk is told.
     *
     * @return how many were begun and had no end
     */
    public int recover() {
        return unitOfWork.write(Urgency.DELIVERY, tx -> {
            List<Dispatch> begun = tellings.begun(tx);
            for (Dispatch one : begun) {
                Optional<Recipient> recipient = recipients.find(tx, one.recipientId());
                Optional<Way> way = recipients.way(tx, one.wayId());
                if (recipient.isEmpty() || way.isEmpty()) {
                    end(tx, one);
                } else {
                    unclear(
                            tx,
                            one,
                            recipient.get(),
                            way.get(),
                            Message.of("alerting.sent.unknown"),
                            next(clock.instant(), one.attempts(), null));
                }
            }
            return begun.size();
        });
    }

    private void unclear(Tx tx, Dispatch dispatch, Recipient recipient, Way way, Message why, Instant next) {
        Instant now = clock.instant();
        if (way.kind().knowsRepeats()) {
            tellings.attempted(tx, dispatch.id(), Dispatch.State.WAITING, dispatch.attempts(), next, why, now);
            return;
        }
        tellings.attempted(tx, dispatch.id(), Dispatch.State.UNKNOWN, dispatch.attempts(), null, why, now);
        notices.raise(
                tx,
                recipient.branch(),
                Notices.Kind.WAY,
                dispatch.id(),
                Message.of(
                        "alerting.way.unknown",
                        "name",
                        recipient.name(),
                        "kind",
                        way.kind().name()));
    }

    private Optional<Ready> ready(Tx tx, Dispatch claimed) {
        Optional<Dispatch> now = tellings.dispatch(tx, claimed.id())
                .filter(one -> one.state() == Dispatch.State.WAITING)
                .filter(one -> !tellings.seen(tx, one));
        Optional<Recipient> recipient =
                recipients.find(tx, claimed.recipientId()).filter(one -> !recipients.isShutOut(tx, one));
        Optional<Way> way = recipients.way(tx, claimed.wayId());
        if (now.isEmpty() || recipient.isEmpty() || way.isEmpty()) {
            return Optional.empty();
        }
        return letters.of(tx, now.get(), recipient.get()).map(letter -> new Ready(recipient.get(), way.get(), letter));
    }

    private Sent sent(Way way, Letter letter, String id) {
        WayOut out = ways.get(way.kind());
        if (out == null) {
            return new Sent.Refused(Message.of("alerting.way.not-set-up"));
        }
        try {
            return out.send(way, letter, id);
        } catch (RuntimeException e) {
            log.atError().setCause(e).addKeyValue("way", way.id()).log("a way failed while it sent");
            return new Sent.Unknown(Message.of("delivery.internal"), false);
        }
    }

    private void end(Tx tx, Dispatch now) {
        tellings.attempted(tx, now.id(), Dispatch.State.SEEN, now.attempts(), null, null, clock.instant());
    }

    private void record(Tx tx, Dispatch dispatch, Ready ready, Sent sent) {
        Instant now = clock.instant();
        int attempts = dispatch.attempts();
        switch (sent) {
            case Sent.Unknown(Message why, boolean wholeWay) -> {
                Instant next = next(now, attempts, null);
                if (wholeWay) {
                    hold(tx, ready.way(), next);
                }
                if (ready.way().kind().knowsRepeats()
                        && now.isAfter(dispatch.createdAt().plus(GIVE_UP))) {
                    fail(tx, dispatch, ready, attempts, why);
                } else {
                    unclear(tx, dispatch, ready.recipient(), ready.way(), why, next);
                }
            }
            case Sent.Taken() -> {
                tellings.attempted(tx, dispatch.id(), Dispatch.State.SENT, attempts, null, null, now);
                went(tx, ready.recipient(), ready.way(), null);
            }
            case Sent.Refused(Message why) -> fail(tx, dispatch, ready, attempts, why);
            case Sent.Moved(Map<String, String> settings) -> {
                moved(tx, ready.recipient(), ready.way(), settings);
                // Once at once; who moves on and on is given time.
                Instant next = attempts == 1 ? now : next(now, attempts, null);
                tellings.attempted(tx, dispatch.id(), Dispatch.State.WAITING, attempts, next, null, now);
            }
            case Sent.Declined(Message why) -> {
                if (now.isAfter(dispatch.createdAt().plus(GIVE_UP))) {
                    fail(tx, dispatch, ready, attempts, why);
                } else {
                    Instant next = next(now, attempts, null);
                    tellings.attempted(tx, dispatch.id(), Dispatch.State.WAITING, attempts, next, why, now);
                    went(tx, ready.recipient(), ready.way(), why);
                }
            }
            case Sent.Later(Message why, Duration wait, boolean wholeWay) -> {
                Instant next = next(now, attempts, wait);
                if (wholeWay) {
                    hold(tx, ready.way(), next);
                }
                if (now.isAfter(dispatch.createdAt().plus(GIVE_UP))) {
                    fail(tx, dispatch, ready, attempts, why);
                } else {
                    tellings.attempted(tx, dispatch.id(), Dispatch.State.WAITING, attempts, next, why, now);
                }
            }
        }
    }

    private void hold(Tx tx, Way way, Instant until) {
        if (way.kind().sharesServer()) {
            tellings.holdWays(tx, way.kind(), until);
        } else {
            tellings.holdWay(tx, way.id(), until);
        }
    }

    /** All who were told there are told where it is now. */
    private void moved(Tx tx, Recipient recipient, Way way, Map<String, String> settings) {
        recipients.all(tx, recipient.branch()).stream()
                .flatMap(one -> recipients.ways(tx, one.id()).stream())
                .filter(one -> one.kind() == way.kind() && one.settings().equals(way.settings()))
                .forEach(one -> recipients.resettle(tx, one.id(), settings));
    }

    private Instant next(Instant now, int attempts, @Nullable Duration wait) {
        Duration own = retry.backOff(attempts);
        return now.plus(wait != null && wait.compareTo(own) > 0 ? wait : own);
    }

    private void fail(Tx tx, Dispatch dispatch, Ready ready, int attempts, Message why) {
        tellings.attempted(tx, dispatch.id(), Dispatch.State.FAILED, attempts, null, why, clock.instant());
        went(tx, ready.recipient(), ready.way(), why);
    }

    private void went(Tx tx, Recipient recipient, Way way, @Nullable Message failure) {
        Optional<Way> before = recipients.way(tx, way.id());
        if (before.isEmpty()) {
            return;
        }
        recipients.went(tx, way.id(), clock.instant(), failure);
        boolean failed = before.get().health().failure() != null;
        if (failure == null && failed) {
            notices.close(tx, recipient.branch(), Set.of(Notices.Kind.WAY), way.id());
        } else if (failure != null && !failed) {
            notices.raise(
                    tx,
                    recipient.branch(),
                    Notices.Kind.WAY,
                    way.id(),
                    Message.of(
                            "alerting.way.failed",
                            "name",
                            recipient.name(),
                            "kind",
                            way.kind().name()));
        }
    }

    /**
     * Tries a way with a text that says so.
     *
     * @return why it was not taken; empty where it was
     */
    public Optional<Message> test(Actor actor, Recipients.Seen seen, Way way) {
        actor.require(Scope.MANAGE);
        Letter trial = letters.trial(seen.recipient());
        Sent first = sent(way, trial, ids.next());
        Sent sent = first instanceof Sent.Moved(Map<String, String> settings)
                ? sent(way.at(settings), trial, ids.next())
                : first;
        Optional<Message> failure = switch (sent) {
            case Sent.Taken() -> Optional.empty();
            case Sent.Later(Message why, Duration _, boolean _) -> Optional.of(why);
            case Sent.Unknown(Message why, boolean _) -> Optional.of(why);
            case Sent.Declined(Message why) -> Optional.of(why);
            case Sent.Refused(Message why) -> Optional.of(why);
            // Twice in a row: it is moving still.
            case Sent.Moved _ -> Optional.of(Message.of("delivery.internal"));
        };
        unitOfWork.write(Urgency.REQUEST, tx -> {
            if (first instanceof Sent.Moved(Map<String, String> settings)) {
                moved(tx, seen.recipient(), way, settings);
            }
            went(tx, seen.recipient(), way, failure.orElse(null));
            return true;
        });
        return failure;
    }

    /** Forgets texts that were over long ago. */
    public void forget() {
        int gone;
        do {
            gone = unitOfWork.write(
                    Urgency.BULK, tx -> tellings.forget(tx, clock.instant().minus(KEPT), AT_ONCE));
        } while (gone == AT_ONCE);
    }
}
