package org.tocsin.mention.rights;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.base.FaultException;
import org.tocsin.base.Ids;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.base.UserId;
import org.tocsin.mention.MentionRepository;
import org.tocsin.mention.Source;
import org.tocsin.mention.SourceRepository;
import org.tocsin.mention.rights.Erasure.State;
import org.tocsin.mention.rights.ErasureLog.Line;
import org.tocsin.mention.rights.ErasureLog.What;
import org.tocsin.mention.rights.ErasureRepository.OptOut;
import org.tocsin.mention.rights.ErasureRepository.Written;
import org.tocsin.mention.rights.ErasureRepository.WrittenBy;
import org.tocsin.people.Actor;
import org.tocsin.people.AuditTrail;
import org.tocsin.people.Scope;

/**
 * Takes authors out of all that was heard, and keeps the list of those who object. An erasure goes on in batches, each a transaction with how
 * far it has come, so that a crash costs one batch. What was promised stands in {@link ErasureLog} before anybody is answered.
 */
public final class Erasures {
    private static final Logger log = LoggerFactory.getLogger(Erasures.class);
    /** So many rows are well below 50 ms of the writer's time. */
    private static final int AT_ONCE = 200;

    /** So many mentions of others are looked at: more say nothing more. */
    public static final int MOST_NAMING = 10_000;

    private final UnitOfWork unitOfWork;
    private final ErasureRepository erasures;
    private final MentionRepository mentions;
    private final SourceRepository sources;
    private final AuditTrail audit;
    private final KeyedHash hash;
    private final Identities identities;
    private final ErasureLog promised;
    private final Ids ids;
    private final Clock clock;
    private final ReentrantLock working;
    /** The list and what is beside the database say the same in the same order. */
    private final ReentrantLock listing;

    /**
     * @param identities finds the other names of who is named
     * @param promised   beside the database
     */
    public Erasures(
            UnitOfWork unitOfWork,
            ErasureRepository erasures,
            MentionRepository mentions,
            SourceRepository sources,
            AuditTrail audit,
            KeyedHash hash,
            Identities identities,
            ErasureLog promised,
            Ids ids,
            Clock clock) {
        this.unitOfWork = unitOfWork;
        this.erasures = erasures;
        this.mentions = mentions;
        this.sources = sources;
        this.audit = audit;
        this.hash = hash;
        this.identities = identities;
        this.promised = promised;
        this.ids = ids;
        this.clock = clock;
        this.working = new ReentrantLock();
        this.listing = new ReentrantLock();
    }

    /**
     * What an erasure would do.
     *
     * @param written   mentions that he wrote, which lose their words
     * @param mentioned mentions of others that name his handle, which are left as they are; of each handle at most {@link #MOST_NAMING} are looked at
     * @param names     all names that are his, as far as the log and the networks tell, the one that was given first
     * @param remarks   what could not be found out
     */
    public record Preview(long written, long mentioned, List<String> names, List<Message> remarks) {
        public Preview {
            names = List.copyOf(names);
            remarks = List.copyOf(remarks);
        }
    }

    /** Counts; nothing is changed. */
    public Preview preview(Actor actor, Subject subject) {
        actor.require(Scope.MANAGE);
        Identities.Known known = identities.of(actor.branch(), subject, clock.instant());
        Set<String> keys = Set.copyOf(known.keys());
        Instant now = clock.instant();
        // By whom, so that what is found by several of his names counts once.
        Set<WrittenBy> written = new HashSet<>();
        Set<Message> remarks = new LinkedHashSet<>(known.remarks());
        Set<String> mentioned = new HashSet<>();
        unitOfWork.read(tx -> {
            Map<String, String> networks = new HashMap<>();
            Predicate<WrittenBy> his = one -> Subject.keys(
                            one.author(),
                            networks.computeIfAbsent(one.sourceId(), id -> network(tx, id)),
                            one.sourceId())
                    .stream()
                    .anyMatch(keys::contains);
            for (Subject name : known.names()) {
                erasures.writtenBy(tx, actor.branch(), name, now).stream()
                        .filter(his)
                        .forEach(written::add);
                if (name.sort() == Subject.Sort.HANDLE) {
                    List<Written> naming = erasures.naming(tx, actor.branch(), name.value(), now, MOST_NAMING);
                    if (naming.size() == MOST_NAMING) {
                        remarks.add(Message.of("rights.naming.most", "limit", MOST_NAMING));
                    }
                    naming.stream()
                            .filter(one -> one.mentioned().stream().anyMatch(name::isMentionedAs))
                            .filter(one -> !his.test(new WrittenBy(one.sourceId(), one.author(), 1)))
                            .forEach(one -> mentioned.add(one.mentionId()));
                }
            }
            return true;
        });
        return new Preview(
                written.stream().mapToLong(WrittenBy::count).sum(),
                mentioned.size(),
                known.names().stream().map(Subject::shown).distinct().toList(),
                List.copyOf(remarks));
    }

    /**
     * Begins to erase an author; {@link #work} goes on with it.
     *
     * @param optOut whether he is put on the list of those who object as well
     */
    public Erasure ask(Actor actor, Subject subject, boolean optOut) {
        actor.require(Scope.MANAGE);
        return ask(actor, keys(actor, subject), optOut);
    }

    /** @return hashes of all names of the author, the one that was given first */
    private List<String> keys(Actor actor, Subject subject) {
        return identities.of(actor.branch(), subject, clock.instant()).keys().stream()
                .map(hash::of)
                .toList();
    }

    private Erasure ask(Actor actor, List<String> keys, boolean optOut) {
        Instant now = clock.instant();
        Erasure erasure = Erasure.begin(ids.next(), actor.branch(), String.join(" ", keys), now, actor.id());
        return listed(() -> {
            for (String key : keys) {
                if (optOut) {
                    promised.add(new Line(What.OBJECT, erasure.id(), actor.branch(), key, now));
                }
                promised.add(new Line(What.ERASE, erasure.id(), actor.branch(), key, now));
            }
            unitOfWork.write(Urgency.REQUEST, tx -> {
                if (optOut) {
                    keys.forEach(key -> put(tx, actor, key, now));
                }
                erasures.insert(tx, erasure);
                audit.add(tx, actor, "rights.erase", erasure.id(), brief(keys.getFirst()));
                return true;
            });
            return erasure;
        });
    }

    private void put(Tx tx, Actor actor, String key, Instant now) {
        if (erasures.add(tx, actor.branch(), new OptOut(key, now, actor.id()))) {
            audit.add(tx, actor, "rights.opt-out", brief(key), "");
        }
    }

    private static String brief(String key) {
        return key.substring(0, 16);
    }

    /** Puts an author on the list of those who object: what he writes is not kept any more. What is there already stays. */
    public OptOut optOut(Actor actor, Subject subject) {
        actor.require(Scope.MANAGE);
        List<String> keys = keys(actor, subject);
        Instant now = clock.instant();
        return listed(() -> {
            keys.forEach(key -> promised.add(new Line(What.OBJECT, ids.next(), actor.branch(), key, now)));
            unitOfWork.write(Urgency.REQUEST, tx -> {
                keys.forEach(key -> put(tx, actor, key, now));
                return true;
            });
            return new OptOut(keys.getFirst(), now, actor.id());
        });
    }

    /**
     * Takes an author off the list.
     *
     * @throws FaultException NOT_FOUND where he is not on it
     */
    public void optIn(Actor actor, Subject subject) {
        actor.require(Scope.MANAGE);
        List<String> keys = new ArrayList<>(keys(actor, subject));
        if (subject.sort() == Subject.Sort.HANDLE && subject.within().isEmpty()) {
            // The list may have it within the network on which he was heard.
            unitOfWork.read(tx -> sources.all(tx, actor.branch())).stream()
                    .map(Source::network)
                    .distinct()
                    .map(network -> new Subject(Subject.Sort.HANDLE, subject.value(), network))
                    .map(one -> hash.of(one.key()))
                    .forEach(keys::add);
        }
        optIn(actor, keys);
    }

    /** @param key hash of what names him, as the list shows it */
    public void optIn(Actor actor, String key) {
        actor.require(Scope.MANAGE);
        optIn(actor, List.of(key));
    }

    private void optIn(Actor actor, List<String> keys) {
        listed(() -> {
            List<Line> agreed = unitOfWork.write(Urgency.REQUEST, tx -> {
                List<Line> there = keys.stream()
                        .filter(key -> erasures.remove(tx, actor.branch(), key))
                        .map(key -> new Line(What.AGREE, ids.next(), actor.branch(), key, clock.instant()))
                        .toList();
                if (there.isEmpty()) {
                    throw FaultException.notFound("optout", keys.getFirst());
                }
                there.forEach(line -> {
                    audit.add(tx, actor, "rights.opt-in", brief(line.authorKey()), "");
                    erasures.agreed(tx, line);
                });
                return there;
            });
            say(agreed);
            return agreed;
        });
    }

    /** What was left unsaid is said first: a line that came after it must stand after it. */
    private <R> R listed(Supplier<R> work) {
        listing.lock();
        try {
            say(unitOfWork.read(erasures::agreed));
            return work.get();
        } finally {
            listing.unlock();
        }
    }

    private void say(List<Line> agreed) {
        if (!agreed.isEmpty()) {
            agreed.forEach(promised::add);
            unitOfWork.write(Urgency.REQUEST, tx -> {
                agreed.forEach(line -> erasures.said(tx, line.id()));
                return true;
            });
        }
    }

    /** @return those who object, the newest first */
    public List<OptOut> optOuts(Actor actor) {
        actor.require(Scope.MANAGE);
        return unitOfWork.read(tx -> erasures.optOuts(tx, actor.branch()));
    }

    /** @return the newest first */
    public List<Erasure> page(Actor actor, String after, int max) {
        actor.require(Scope.MANAGE);
        return unitOfWork.read(tx -> erasures.page(tx, actor.branch(), after, max));
    }

    /** @throws FaultException NOT_FOUND */
    public Erasure find(Actor actor, String id) {
        actor.require(Scope.MANAGE);
        return unitOfWork.read(tx -> required(tx, actor, id));
    }

    private Erasure required(Tx tx, Actor actor, String id) {
        return erasures.find(tx, id)
                .filter(one -> one.branch().equals(actor.branch()))
                .orElseThrow(() -> FaultException.notFound("erasure", id));
    }

    /** Stops an erasure between two batches; what is gone stays gone. */
    public Erasure stop(Actor actor, String id) {
        return turn(actor, id, State.ERASING, State.STOPPED);
    }

    /** Goes on with one that was stopped. */
    public Erasure resume(Actor actor, String id) {
        return turn(actor, id, State.STOPPED, State.ERASING);
    }

    private Erasure turn(Actor actor, String id, State from, State to) {
        actor.require(Scope.MANAGE);
        return unitOfWork.write(Urgency.REQUEST, tx -> {
            Erasure erasure = required(tx, actor, id);
            if (erasure.state() != from) {
                throw FaultException.conflict(Message.of("rights.erasure.state", "state", erasure.state()));
            }
            erasures.save(tx, erasure.in(to));
            audit.add(tx, actor, to == State.STOPPED ? "rights.erase.stop" : "rights.erase.resume", id, "");
            return required(tx, actor, id);
        });
    }

    /**
     * Brings a database that was put back from before up to what was promised since, before anything is shown: authors who were erased
     * meanwhile are erased again, and the list is as it was.
     *
     * @return how many erasures were done again
     */
    public int start() {
        Set<String> there = promised.lines().stream().map(Line::id).collect(Collectors.toSet());
        // A crash came between the two. Of an older database that was put back, the line may be there, and others after
        // it.
        List<Line> unsaid = unitOfWork.read(erasures::agreed);
        unsaid.stream().filter(line -> !there.contains(line.id())).forEach(promised::add);
        unitOfWork.write(Urgency.REQUEST, tx -> {
            unsaid.forEach(line -> erasures.said(tx, line.id()));
            return true;
        });
        List<Line> lines = promised.lines();
        Map<String, Line> last = new LinkedHashMap<>();
        // An author of several names has a line for each, with one id.
        Map<String, Erasure> asked = new LinkedHashMap<>();
        for (Line line : lines) {
            if (line.what() == What.ERASE) {
                Erasure erasure =
                        Erasure.begin(line.id(), line.branch(), line.authorKey(), line.at(), UserId.DAEMON.value());
                asked.merge(line.id(), erasure, (one, other) -> one.also(other.authorKey()));
            } else {
                last.put(line.branch().value() + " " + line.authorKey(), line);
            }
        }
        int again = 0;
        for (Erasure erasure : asked.values()) {
            again += unitOfWork.write(Urgency.REQUEST, tx -> erasures.insert(tx, erasure)) ? 1 : 0;
        }
        unitOfWork.write(Urgency.REQUEST, tx -> {
            last.values().forEach(line -> {
                if (line.what() == What.OBJECT) {
                    erasures.add(tx, line.branch(), new OptOut(line.authorKey(), line.at(), UserId.DAEMON.value()));
                } else {
                    erasures.remove(tx, line.branch(), line.authorKey());
                }
            });
            return true;
        });
        // A file that was lost is written anew from what the database knows.
        unitOfWork.read(erasures::all).stream()
                .filter(one -> !asked.containsKey(one.id()))
                .forEach(one -> one.authorKeys()
                        .forEach(key -> promised.add(new Line(What.ERASE, one.id(), one.branch(), key, one.until()))));
        unitOfWork
                .read(erasures::objected)
                .forEach(branch -> unitOfWork.read(tx -> erasures.optOuts(tx, branch)).stream()
                        .filter(one -> !last.containsKey(branch.value() + " " + one.authorKey()))
                        .forEach(one ->
                                promised.add(new Line(What.OBJECT, ids.next(), branch, one.authorKey(), one.since()))));
        if (again > 0) {
            log.atWarn().addKeyValue("erasures", again).log("authors are erased again: the database is an older one");
            unitOfWork.read(erasures::open).forEach(this::run);
        }
        return again;
    }

    /** Goes on with what is open; to be called every few seconds. */
    public void work(Copies copies) {
        if (!working.tryLock()) {
            return;
        }
        try {
            for (Erasure open : unitOfWork.read(erasures::open)) {
                run(open);
                unitOfWork
                        .read(tx -> erasures.find(tx, open.id()))
                        .filter(one -> one.state() == State.CLEANING && copies.clean(one.seq()))
                        .ifPresent(one ->
                                unitOfWork.write(Urgency.BULK, tx -> erasures.save(tx, one.done(clock.instant()))));
            }
        } finally {
            working.unlock();
        }
    }

    private void run(Erasure open) {
        boolean more = true;
        while (more && !Thread.currentThread().isInterrupted()) {
            more = unitOfWork.write(Urgency.BULK, tx -> batch(tx, open.id()));
        }
    }

    /** @return whether there is more */
    private boolean batch(Tx tx, String id) {
        Erasure erasure = erasures.find(tx, id)
                .filter(one -> one.state() == State.ERASING)
                .orElse(null);
        if (erasure == null) {
            return false;
        }
        List<Written> page = erasures.written(tx, erasure.branch(), erasure.reached(), erasure.until(), AT_ONCE);
        Map<String, String> networks = new HashMap<>();
        Set<String> keys = Set.copyOf(erasure.authorKeys());
        List<Written> his = new ArrayList<>();
        for (Written one : page) {
            String network = networks.computeIfAbsent(one.sourceId(), source -> network(tx, source));
            if (Subject.keys(one.author(), network, one.sourceId()).stream()
                    .map(hash::of)
                    .anyMatch(keys::contains)) {
                his.add(one);
            }
        }
        Map<String, String> natives = new LinkedHashMap<>();
        his.forEach(
                one -> natives.put(one.mentionId(), RespectedMentions.erased(hash, one.sourceId(), one.nativeId())));
        erasures.erase(tx, natives, clock.instant());
        Erasure on = page.isEmpty() ? erasure : erasure.on(page.getLast().mentionId(), his.size());
        boolean last = page.size() < AT_ONCE;
        erasures.save(tx, last ? on.cleaning(mentions.newest(tx)) : on);
        return !last;
    }

    private String network(Tx tx, String sourceId) {
        return sources.find(tx, sourceId).map(Source::network).orElse("");
    }
}
