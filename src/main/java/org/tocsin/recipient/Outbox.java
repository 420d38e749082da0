package org.tocsin.recipient;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.tocsin.base.BranchId;
import org.tocsin.base.Ids;
import org.tocsin.base.Tx;
import org.tocsin.base.Wakeup;
import org.tocsin.delivery.Notices;

/** Where what is to be told is put, in the transaction in which it comes to be. */
public final class Outbox {
    private final RecipientRepository recipients;
    private final TellingRepository tellings;
    private final Ids ids;
    private final Clock clock;
    private final Wakeup wakeup;

    /** @param wakeup rung when something is to be told */
    public Outbox(RecipientRepository recipients, TellingRepository tellings, Ids ids, Clock clock, Wakeup wakeup) {
        this.recipients = recipients;
        this.tellings = tellings;
        this.ids = ids;
        this.clock = clock;
        this.wakeup = wakeup;
    }

    /** @return whether there is such a recipient, be he shut out or not */
    public boolean knows(Tx tx, BranchId branch, String id) {
        return recipients
                .find(tx, id)
                .filter(one -> one.branch().equals(branch))
                .isPresent();
    }

    /** @return those of the ids that there are and that are not shut out, in order, each once */
    public List<Recipient> named(Tx tx, BranchId branch, List<String> named) {
        return named.stream()
                .distinct()
                .flatMap(id -> recipients.find(tx, id).stream())
                .filter(one -> one.branch().equals(branch))
                .filter(one -> !recipients.isShutOut(tx, one))
                .toList();
    }

    /** @return whether anything can be sent to one of them: whose last way was removed is told at the desk alone */
    public boolean reach(Tx tx, List<Recipient> some) {
        return some.stream().anyMatch(one -> !recipients.ways(tx, one.id()).isEmpty());
    }

    /** @return who is told the alerts of watches that name nobody, and all notices of that sort */
    public List<Recipient> of(Tx tx, BranchId branch, Notices.Kind kind) {
        return recipients.all(tx, branch).stream()
                .filter(one -> one.notices().contains(kind))
                .filter(one -> !recipients.isShutOut(tx, one))
                .toList();
    }

    /** An alert is to be told to somebody, in the rhythm of its watch; what is urgent at once. */
    public void alert(Tx tx, Recipient to, String watchId, String alertId, Rhythm rhythm, boolean urgent) {
        Rhythm kept = urgent ? Rhythm.INSTANT : rhythm;
        boolean added = add(tx, to, watchId, alertId, urgent, kept.together(), kept.due(clock.instant(), to.zone()));
        if (added && kept.mode() == Rhythm.Mode.AT_N && tellings.waiting(tx, to.id(), watchId) >= kept.count()) {
            tellings.hurry(tx, to.id(), watchId, clock.instant());
        }
        tx.afterCommit(wakeup::ring);
    }

    /**
     * What is urgent and was not told in its time is to be told: with all that is like it, so that one text tells everything.
     *
     * @param from when
     */
    public void later(Tx tx, Recipient to, String watchId, String alertId, Instant from) {
        add(tx, to, watchId, alertId, true, true, from);
        tx.afterCommit(wakeup::ring);
    }

    private boolean add(
            Tx tx, Recipient to, String watchId, String alertId, boolean urgent, boolean together, Instant due) {
        return tellings.add(
                tx,
                new Telling(
                        ids.next(),
                        to.branch(),
                        to.id(),
                        Subject.ALERT,
                        alertId,
                        watchId,
                        urgent,
                        together,
                        due,
                        clock.instant()));
    }

    /** Nothing of a watch that waits is told any more. */
    public void drop(Tx tx, String watchId) {
        tellings.drop(tx, watchId);
    }

    /** Decides now on what was to wait until then. */
    void release(Tx tx, String recipientId, Instant until) {
        tellings.release(tx, recipientId, until, clock.instant());
        tx.afterCommit(wakeup::ring);
    }

    /** Lets what waits of a watch wait until then; see {@link TellingRepository#pause}. */
    public void pause(Tx tx, String watchId, Instant before, Instant until) {
        tellings.pause(tx, watchId, before, until);
        tx.afterCommit(wakeup::ring);
    }

    /** A notice is to be told to everybody who wants to be told of its sort. */
    public void notice(Tx tx, BranchId branch, Notices.Kind kind, String noticeId) {
        for (Recipient to : of(tx, branch, kind)) {
            tellings.add(
                    tx,
                    new Telling(
                            ids.next(),
                            branch,
                            to.id(),
                            Subject.NOTICE,
                            noticeId,
                            null,
                            false,
                            false,
                            clock.instant(),
                            clock.instant()));
            tx.afterCommit(wakeup::ring);
        }
    }
}
