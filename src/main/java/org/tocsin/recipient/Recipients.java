package org.tocsin.recipient;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Fault;
import org.tocsin.base.FaultException;
import org.tocsin.base.FaultException.Kind;
import org.tocsin.base.Ids;
import org.tocsin.base.Message;
import org.tocsin.base.Secret;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.delivery.Notices;
import org.tocsin.people.Actor;
import org.tocsin.people.AuditTrail;
import org.tocsin.people.Scope;
import org.tocsin.people.User;
import org.tocsin.people.UserRepository;

/** What people do with recipients and their ways. */
public final class Recipients {
    private static final int MOST_NAME = 200;
    private static final int MOST_WAYS = 20;
    private static final int USUAL_BUDGET = 20;

    private final UnitOfWork unitOfWork;
    private final RecipientRepository recipients;
    private final Outbox outbox;
    private final UserRepository users;
    private final Notices notices;
    private final AuditTrail audit;
    private final Succession succession;
    private final ZoneId zone;
    private final String language;
    private final Ids ids;
    private final Clock clock;

    /**
     * @param succession sees to what is open with somebody who is removed
     * @param zone       of those who name none; {@code language} likewise
     */
    public Recipients(
            UnitOfWork unitOfWork,
            RecipientRepository recipients,
            Outbox outbox,
            UserRepository users,
            Notices notices,
            AuditTrail audit,
            Succession succession,
            ZoneId zone,
            String language,
            Ids ids,
            Clock clock) {
        this.unitOfWork = unitOfWork;
        this.recipients = recipients;
        this.outbox = outbox;
        this.users = users;
        this.notices = notices;
        this.audit = audit;
        this.succession = succession;
        this.zone = zone;
        this.language = language;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * What is to be saved; null leaves a thing as it is, an empty text takes it away.
     *
     * @param quiet   {@code 22:00-07:00}
     * @param notices names of sorts
     * @param version of the one that is changed, as it was seen
     */
    public record Wanted(
            @Nullable String name,
            @Nullable String userId,
            @Nullable String language,
            @Nullable String zone,
            @Nullable String quiet,
            @Nullable Integer budget,
            @Nullable List<String> notices,
            @Nullable String nextId,
            @Nullable Long version) {}

    /** A recipient and its ways. */
    public record Seen(Recipient recipient, List<Way> ways) {
        public Seen {
            ways = List.copyOf(ways);
        }
    }

    /** @return by name */
    public List<Seen> all(Actor actor) {
        return unitOfWork.read(tx -> recipients.all(tx, actor.branch()).stream()
                .map(one -> new Seen(one, recipients.ways(tx, one.id())))
                .toList());
    }

    /** @throws FaultException NOT_FOUND */
    public Seen find(Actor actor, String id) {
        return unitOfWork.read(tx -> new Seen(require(tx, actor, id), recipients.ways(tx, id)));
    }

    private Recipient require(Tx tx, Actor actor, String id) {
        return recipients
                .find(tx, id)
                .filter(one -> one.branch().equals(actor.branch()))
                .orElseThrow(() -> FaultException.notFound("recipient", id));
    }

    /** @throws FaultException INVALID with every fault */
    public Recipient add(Actor actor, Wanted wanted) {
        actor.require(Scope.MANAGE);
        return unitOfWork.write(Urgency.REQUEST, tx -> {
            Recipient added = merged(
                    tx,
                    actor,
                    new Recipient(
                            ids.next(),
                            actor.branch(),
                            "",
                            null,
                            Locale.forLanguageTag(language),
                            zone,
                            null,
                            USUAL_BUDGET,
                            Set.of(),
                            null,
                            clock.instant(),
                            0),
                    wanted);
            recipients.insert(tx, added);
            audit.add(tx, actor, "recipient.add", added.id(), added.name());
            return added;
        });
    }

    /** @throws FaultException INVALID with every fault; NOT_FOUND; CONFLICT when it was changed meanwhile */
    public Recipient change(Actor actor, String id, Wanted wanted) {
        actor.require(Scope.MANAGE);
        return unitOfWork.write(Urgency.REQUEST, tx -> {
            Recipient before = require(tx, actor, id);
            version(before, wanted.version(), true);
            Recipient after = merged(tx, actor, before, wanted);
            if (!recipients.save(tx, after)) {
                throw FaultException.conflict(Message.of("alerting.changed", "version", before.version()));
            }
            // What waits for the end of quiet hours that are others now, or elsewhere, is decided on anew.
            QuietHours quiet = before.quiet();
            if (quiet != null && !(quiet.equals(after.quiet()) && before.zone().equals(after.zone()))) {
                quiet.end(clock.instant(), before.zone()).ifPresent(end -> outbox.release(tx, id, end));
            }
            audit.add(tx, actor, "recipient.change", id, after.name());
            return after;
        });
    }

    private static void version(Recipient before, @Nullable Long seen, boolean asked) {
        if (seen == null ? asked : seen != before.version()) {
            throw FaultException.conflict(Message.of("alerting.changed", "version", before.version()));
        }
    }

    /**
     * Removes one. What is urgent and open with him goes to his next at once, and whose next he was has his.
     *
     * @param version null where any will do
     */
    public void remove(Actor actor, String id, @Nullable Long version) {
        actor.require(Scope.MANAGE);
        unitOfWork.write(Urgency.REQUEST, tx -> {
            Recipient before = require(tx, actor, id);
            version(before, version, false);
            recipients
                    .ways(tx, id)
                    .forEach(way -> notices.close(tx, actor.branch(), Set.of(Notices.Kind.WAY), way.id()));
            succession.leaves(tx, before);
            recipients.remove(tx, id);
            audit.add(tx, actor, "recipient.remove", id, before.name());
            return true;
        });
    }

    /**
     * Adds a way.
     *
     * @param given settings and secrets by name
     * @throws FaultException INVALID with every fault; no fault quotes a secret
     */
    public Way addWay(Actor actor, String recipientId, @Nullable String kind, Map<String, String> given) {
        actor.require(Scope.MANAGE);
        WayKind sort = WayRules.kind(kind);
        List<Fault> faults = new ArrayList<>();
        Map<String, String> settings = new HashMap<>();
        Map<String, Secret> secrets = new HashMap<>();
        for (String name : sort.settings()) {
            String value = given.getOrDefault(name, "").strip();
            WayRules.fault(name, value, false).ifPresent(faults::add);
            settings.put(name, value);
        }
        for (String name : sort.secrets()) {
            String value = given.getOrDefault(name, "").strip();
            WayRules.fault(name, value, true).ifPresent(faults::add);
            secrets.put(name, Secret.of(value));
        }
        if (!faults.isEmpty()) {
            throw new FaultException(Kind.INVALID, faults);
        }
        return unitOfWork.write(Urgency.REQUEST, tx -> {
            require(tx, actor, recipientId);
            if (recipients.ways(tx, recipientId).size() >= MOST_WAYS) {
                throw FaultException.conflict(Message.of("alerting.ways.many", "limit", MOST_WAYS));
            }
            Way way = new Way(ids.next(), recipientId, sort, settings, secrets, clock.instant(), Way.Health.UNTRIED);
            recipients.insert(tx, way);
            audit.add(tx, actor, "recipient.way", recipientId, sort.name());
            return way;
        });
    }

    /** @throws FaultException NOT_FOUND */
    public Way way(Actor actor, String recipientId, String wayId) {
        return unitOfWork.read(tx -> {
            require(tx, actor, recipientId);
            return requireWay(tx, recipientId, wayId);
        });
    }

    private Way requireWay(Tx tx, String recipientId, String wayId) {
        return recipients
                .way(tx, wayId)
                .filter(one -> one.recipientId().equals(recipientId))
                .orElseThrow(() -> FaultException.notFound("way", wayId));
    }

    /** Takes a way away, with what was under way on it. */
    public void removeWay(Actor actor, String recipientId, String wayId) {
        actor.require(Scope.MANAGE);
        unitOfWork.write(Urgency.REQUEST, tx -> {
            require(tx, actor, recipientId);
            Way way = requireWay(tx, recipientId, wayId);
            notices.close(tx, actor.branch(), Set.of(Notices.Kind.WAY), wayId);
            recipients.removeWay(tx, wayId);
            audit.add(tx, actor, "recipient.way-remove", recipientId, way.kind().name());
            return true;
        });
    }

    private Recipient merged(Tx tx, Actor actor, Recipient before, Wanted wanted) {
        List<Fault> faults = new ArrayList<>();
        String name = wanted.name() == null
                ? before.name()
                : wanted.name().replaceAll("\\s+", " ").strip();
        if (name.isEmpty() || name.length() > MOST_NAME) {
            faults.add(new Fault(
                    "/name", Message.of("alerting.name", "limit", MOST_NAME), (long) MOST_NAME, (long) name.length()));
        }
        String userId = kept(wanted.userId(), before.userId());
        if (wanted.userId() != null && userId != null && !person(tx, actor, userId)) {
            faults.add(Fault.at("/userId", Message.of("alerting.assignee", "value", userId)));
        }
        String tongue = wanted.language() == null ? before.language().toLanguageTag() : wanted.language();
        if (!Set.of("fr", "en").contains(tongue)) {
            faults.add(Fault.at("/language", Message.of("alerting.language", "value", tongue)));
        }
        int budget = wanted.budget() == null ? before.budget() : wanted.budget();
        if (budget < 1 || budget > Recipient.MOST_BUDGET) {
            faults.add(new Fault(
                    "/budget",
                    Message.of("alerting.budget", "limit", Recipient.MOST_BUDGET),
                    (long) Recipient.MOST_BUDGET,
                    (long) budget));
        }
        String nextId = kept(wanted.nextId(), before.nextId());
        if (wanted.nextId() != null
                && nextId != null
                && (nextId.equals(before.id())
                        || recipients
                                .find(tx, nextId)
                                .filter(one -> one.branch().equals(actor.branch()))
                                .isEmpty())) {
            faults.add(Fault.at("/next", Message.of("alerting.recipient.unknown", "value", nextId)));
        }
        ZoneId place = wanted.zone() == null ? before.zone() : zone(wanted.zone(), faults);
        QuietHours quiet = wanted.quiet() == null ? before.quiet() : quiet(wanted.quiet(), faults);
        Set<Notices.Kind> kinds = wanted.notices() == null ? before.notices() : kinds(wanted.notices(), faults);
        if (!faults.isEmpty()) {
            throw new FaultException(Kind.INVALID, faults);
        }
        return new Recipient(
                before.id(),
                before.branch(),
                name,
                userId,
                Locale.forLanguageTag(tongue),
                place,
                quiet,
                budget,
                kinds,
                nextId,
                before.createdAt(),
                before.version() + 1);
    }

    private boolean person(Tx tx, Actor actor, String userId) {
        return users.byId(tx, userId)
                .map(User::branch)
                .filter(actor.branch()::equals)
                .isPresent();
    }

    private static @Nullable String kept(@Nullable String wanted, @Nullable String before) {
        return wanted == null ? before : wanted.isBlank() ? null : wanted.strip();
    }

    private ZoneId zone(String wanted, List<Fault> faults) {
        try {
            return wanted.isBlank() ? zone : ZoneId.of(wanted.strip());
        } catch (DateTimeException _) {
            faults.add(Fault.at("/zone", Message.of("alerting.zone", "value", wanted)));
            return zone;
        }
    }

    private static @Nullable QuietHours quiet(String wanted, List<Fault> faults) {
        if (wanted.isBlank()) {
            return null;
        }
        String[] parts = wanted.strip().split("\\s*[-–]\\s*", -1);
        try {
            if (parts.length == 2) {
                QuietHours quiet = new QuietHours(LocalTime.parse(parts[0]), LocalTime.parse(parts[1]));
                if (!quiet.from().equals(quiet.to())) {
                    return quiet;
                }
            }
        } catch (DateTimeException _) {
            // Said below, as for any other that cannot be read.
        }
        faults.add(Fault.at("/quiet", Message.of("alerting.quiet", "value", wanted)));
        return null;
    }

    private static Set<Notices.Kind> kinds(List<String> wanted, List<Fault> faults) {
        Set<Notices.Kind> kinds = EnumSet.noneOf(Notices.Kind.class);
        for (String one : wanted) {
            try {
                kinds.add(Notices.Kind.valueOf(one));
            } catch (IllegalArgumentException _) {
                faults.add(Fault.at("/notices", Message.of("alerting.notices", "value", one)));
            }
        }
        // That a way does not work is told at the desk, never by that way.
        kinds.remove(Notices.Kind.WAY);
        return kinds;
    }
}
