package org.tocsin.watch.keeping;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;
import org.tocsin.base.Fault;
import org.tocsin.base.FaultException;
import org.tocsin.base.FaultException.Kind;
import org.tocsin.base.Ids;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.base.Wakeup;
import org.tocsin.delivery.Notices;
import org.tocsin.mention.PlainText;
import org.tocsin.people.Actor;
import org.tocsin.people.AuditTrail;
import org.tocsin.people.Scope;
import org.tocsin.recipient.Outbox;
import org.tocsin.watch.CheckedQuery;
import org.tocsin.watch.Finding;
import org.tocsin.watch.Quarantined;
import org.tocsin.watch.StoredWatch;
import org.tocsin.watch.WatchIndex;
import org.tocsin.watch.WatchLanguage;

/** Saves, changes and takes away watches. What is saved rings when the call returns. */
public final class Watches {
    private static final int MAX_NAME = 200;
    private static final int MAX_WHY = 1_000;

    private final UnitOfWork unitOfWork;
    private final WatchRepository watches;
    private final WatchHitRepository hits;
    private final Notices notices;
    private final WatchLanguage language;
    private final WatchIndex index;
    private final AuditTrail audit;
    private final Ids ids;
    private final Clock clock;
    private final Wakeup past;
    private final Silencing silencing;
    private final RingingRepository ringings;

    /** @param past rung when there is a past to be looked through */
    public Watches(
            UnitOfWork unitOfWork,
            WatchRepository watches,
            WatchHitRepository hits,
            Notices notices,
            WatchLanguage language,
            WatchIndex index,
            AlertRepository alerts,
            Outbox outbox,
            RingingRepository ringings,
            AuditTrail audit,
            Ids ids,
            Clock clock,
            Wakeup past) {
        this.unitOfWork = unitOfWork;
        this.watches = watches;
        this.hits = hits;
        this.notices = notices;
        this.language = language;
        this.index = index;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
        this.past = past;
        this.silencing = new Silencing(alerts, outbox);
        this.ringings = ringings;
    }

    /** Fills the index, as at the start, and tells the team of what cannot be matched now. @return those; they are kept */
    public List<Quarantined> load() {
        List<Watch> all = unitOfWork.read(watches::enabled);
        List<Quarantined> aside = index.load(all.stream().map(Watches::stored).toList());
        Set<String> ids = aside.stream().map(Quarantined::id).collect(Collectors.toSet());
        tellAside(
                unitOfWork,
                notices,
                aside,
                all.stream().filter(watch -> ids.contains(watch.id())).toList());
        return aside;
    }

    /**
     * Tells of watches that match no longer, once for each version of one and each cause, however often it is asked for.
     *
     * @param aside   why, by their ids
     * @param watches as they are kept
     */
    static void tellAside(UnitOfWork unitOfWork, Notices notices, List<Quarantined> aside, List<Watch> watches) {
        Set<String> threw =
                aside.stream().filter(Quarantined::threw).map(Quarantined::id).collect(Collectors.toSet());
        List<Watch> untold = unitOfWork.read(tx -> watches.stream()
                .filter(watch -> !notices.told(
                        tx, watch.branch(), Notices.Kind.WATCH, watch.id(), aside(watch, threw.contains(watch.id()))))
                .toList());
        if (!untold.isEmpty()) {
            unitOfWork.write(Urgency.REQUEST, tx -> {
                untold.forEach(watch -> notices.raise(
                        tx, watch.branch(), Notices.Kind.WATCH, watch.id(), aside(watch, threw.contains(watch.id()))));
                return true;
            });
        }
    }

    private static Message aside(Watch watch, boolean threw) {
        if (threw) {
            return Message.of("watching.threw", "version", watch.version(), "watch", watch.name());
        }
        return Message.of("watching.aside", "version", watch.version(), "watch", watch.name());
    }

    /**
     * What is to be saved.
     *
     * @param id      of one that is to be changed; null for a new one
     * @param name    null leaves it as it is, or takes the words of the query
     * @param query   null leaves it as it is
     * @param enabled likewise
     * @param why     likewise; empty takes it away
     * @param version of the one that is changed, as it was seen
     */
    public record Wanted(
            @Nullable String id,
            @Nullable String name,
            @Nullable String query,
            @Nullable Boolean enabled,
            @Nullable String why,
            @Nullable Long version) {}

    /**
     * A watch that was saved.
     *
     * @param remarks what its author may want to know
     */
    public record Saved(Watch watch, List<Finding> remarks) {}

    /** Switched off and on again, it goes on where it was: what is urgent and open is told, and passed on where nobody answers. */
    private void speakAgain(Tx tx, Watch watch, Instant now) {
        Ringing ringing = ringings.of(tx, watch.id());
        Instant snoozed = ringing.snoozedUntil();
        if (ringing.urgent() && !ringing.muted()) {
            silencing.unmute(tx, watch, ringing, snoozed != null && snoozed.isAfter(now) ? snoozed : now);
        }
    }

    /** @return what there is to say about a query; never an error of ours */
    public CheckedQuery check(Actor actor, @Nullable String query) {
        return language.of(actor.branch().value()).check(query == null ? "" : query);
    }

    /** @throws FaultException INVALID with every fault and its place; NOT_FOUND; CONFLICT when it was changed meanwhile */
    public Saved save(Actor actor, Wanted wanted) {
        return save(actor, wanted, (_, _) -> {});
    }

    /**
     * @param too done in the same transaction, so that a new watch never rings as nobody wanted it
     * @throws FaultException INVALID with every fault and its place; NOT_FOUND; CONFLICT when it was changed meanwhile
     */
    public Saved save(Actor actor, Wanted wanted, BiConsumer<Tx, Watch> too) {
        actor.require(Scope.MANAGE);
        Optional<Watch> before = wanted.id() == null ? Optional.empty() : Optional.of(find(actor, wanted.id()));
        String query = wanted.query() != null
                ? wanted.query()
                : before.map(Watch::query).orElse("");
        CheckedQuery checked = check(actor, query);
        List<Fault> faults = new ArrayList<>();
        checked.findings().stream()
                .filter(Finding::error)
                .forEach(finding -> faults.add(Fault.at("/query", finding.message())));
        String name = name(wanted, before, query, faults);
        String why = wanted.why() == null ? before.map(Watch::why).orElse(null) : why(wanted.why(), faults);
        if (!faults.isEmpty()) {
            throw new FaultException(Kind.INVALID, faults);
        }
        boolean enabled = wanted.enabled() != null
                ? wanted.enabled()
                : before.map(Watch::enabled).orElse(true);
        boolean same = before.filter(one -> one.query().equals(query) && (one.enabled() || !enabled))
                .isPresent();
        boolean rang = before.filter(Watch::enabled).isPresent();
        String id = before.map(Watch::id).orElseGet(ids::next);
        return unitOfWork.write(Urgency.REQUEST, tx -> {
            // The time of the transaction and not of the request, which may have waited: what is heard in between would
            // neither ring nor
            // count as heard before.
            Instant now = clock.instant();
            Watch after = new Watch(
                    id,
                    actor.branch(),
                    name,
                    query,
                    enabled,
                    why,
                    same ? before.orElseThrow().since() : since(tx, now, rang),
                    same ? before.orElseThrow().sinceSeq() : sinceSeq(tx, rang),
                    before.map(Watch::createdAt).orElse(now),
                    before.map(Watch::version).orElse(0L) + 1);
            if (before.isEmpty()) {
                watches.insert(tx, after, actor.id());
            } else if (wanted.version() == null
                    || wanted.version() != before.get().version()
                    || !watches.save(tx, after, actor.id())) {
                throw FaultException.conflict(
                        Message.of("watching.changed", "version", before.get().version()));
            }
            notices.close(tx, actor.branch(), Set.of(Notices.Kind.WATCH), after.id());
            if (!enabled) {
                silencing.mute(tx, after.id());
            } else if (before.isPresent() && !rang) {
                speakAgain(tx, after, now);
            }
            audit.add(tx, actor, "watch.save", after.id(), "version=" + after.version() + " enabled=" + enabled);
            too.accept(tx, after);
            if (enabled && !same) {
                hits.recall(tx, after.id());
                tx.afterCommit(past::ring);
            }
            tx.afterCommit(() -> ring(after));
            return new Saved(
                    after,
                    checked.findings().stream()
                            .filter(finding -> !finding.error())
                            .toList());
        });
    }

    /** What was heard and nobody has matched yet would ring under the old words: it rings under the new ones. */
    private Instant since(Tx tx, Instant now, boolean rang) {
        return rang ? hits.unreadSince(tx).filter(now::isAfter).orElse(now) : now;
    }

    private long sinceSeq(Tx tx, boolean rang) {
        return rang ? hits.read(tx) : hits.newest(tx);
    }

    private static StoredWatch stored(Watch watch) {
        return new StoredWatch(
                watch.id(), watch.version(), watch.query(), watch.branch().value());
    }

    List<Watch> of(Tx tx, BranchId branch) {
        return watches.all(tx, branch);
    }

    /** Other words of a list are other words of a watch: from now on they ring, and what was said before is looked for anew. */
    void renew(Tx tx, List<Watch> changed, String by) {
        Instant now = clock.instant();
        for (Watch watch : changed) {
            // One that somebody has saved meanwhile counts from then already.
            watches.save(
                    tx,
                    new Watch(
                            watch.id(),
                            watch.branch(),
                            watch.name(),
                            watch.query(),
                            watch.enabled(),
                            watch.why(),
                            since(tx, now, watch.enabled()),
                            sinceSeq(tx, watch.enabled()),
                            watch.createdAt(),
                            watch.version() + 1),
                    by);
            if (watch.enabled()) {
                hits.recall(tx, watch.id());
            }
        }
        tx.afterCommit(past::ring);
    }

    /** Reads a watch again, whose word lists have changed. */
    void again(Watch watch) {
        ring(watch);
    }

    private void ring(Watch watch) {
        if (watch.enabled()) {
            index.put(stored(watch));
        } else {
            index.remove(watch.id());
        }
    }

    private static String name(Wanted wanted, Optional<Watch> before, String query, List<Fault> faults) {
        String given =
                wanted.name() != null ? wanted.name() : before.map(Watch::name).orElse(PlainText.cut(query, 80));
        String name = PlainText.cut(given.replaceAll("\\s+", " "), MAX_NAME + 1);
        if (name.isEmpty() || name.length() > MAX_NAME) {
            faults.add(new Fault(
                    "/name", Message.of("watching.name", "limit", MAX_NAME), (long) MAX_NAME, (long) name.length()));
        }
        return name;
    }

    private static @Nullable String why(String written, List<Fault> faults) {
        String why = PlainText.cut(written, MAX_WHY + 1);
        if (why.length() > MAX_WHY) {
            faults.add(new Fault(
                    "/reason", Message.of("watching.why", "limit", MAX_WHY), (long) MAX_WHY, (long) why.length()));
        }
        return why.isEmpty() ? null : why;
    }

    /** @throws FaultException NOT_FOUND */
    public Watch find(Actor actor, String id) {
        return unitOfWork
                .read(tx -> watches.find(tx, actor.branch(), id))
                .orElseThrow(() -> FaultException.notFound("watch", id));
    }

    /** @return by name */
    public List<Watch> all(Actor actor) {
        return unitOfWork.read(tx -> watches.all(tx, actor.branch()));
    }

    /** @return the newest first; throws NOT_FOUND */
    public List<WatchRepository.Version> versions(Actor actor, String id) {
        find(actor, id);
        return unitOfWork.read(tx -> watches.versions(tx, id));
    }

    /** @return why it does not match, where something is wrong with it */
    public Optional<Message> trouble(String id) {
        return index.quarantined().stream()
                .filter(one -> one.id().equals(id))
                .map(Quarantined::reason)
                .findFirst();
    }

    /** @throws FaultException NOT_FOUND; CONFLICT when it was changed meanwhile */
    public void remove(Actor actor, String id, @Nullable Long version) {
        actor.require(Scope.MANAGE);
        unitOfWork.write(Urgency.REQUEST, tx -> {
            Watch watch = watches.find(tx, actor.branch(), id).orElseThrow(() -> FaultException.notFound("watch", id));
            if (version != null && version != watch.version()) {
                throw FaultException.conflict(Message.of("watching.changed", "version", watch.version()));
            }
            silencing.mute(tx, id);
            watches.remove(tx, id);
            notices.close(tx, actor.branch(), Set.of(Notices.Kind.WATCH), id);
            hits.recall(tx, id);
            tx.afterCommit(past::ring);
            audit.add(tx, actor, "watch.remove", id, watch.name());
            tx.afterCommit(() -> index.remove(id));
            return true;
        });
    }
}
