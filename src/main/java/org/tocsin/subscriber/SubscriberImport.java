package org.tocsin.subscriber;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.letter.MailAddress;
import org.tocsin.people.Actor;
import org.tocsin.people.Scope;
import org.tocsin.subscriber.Subscriber.Person;
import org.tocsin.subscriber.Subscriber.Reach;
import org.tocsin.subscriber.Subscriber.State;

/**
 * Brings people in from another tool, and takes them out as a table. Who had left the other tool comes first, so that nobody is written to who
 * did not want it; and how the others agreed must be said, for that is what the register keeps of them.
 */
public final class SubscriberImport {
    static final int MOST = 100_000;
    private static final int AT_ONCE = 200;
    private static final int LEAST_WORDS = 20;

    private final PeopleStores stores;

    public SubscriberImport(PeopleStores stores) {
        this.stores = stores;
    }

    /**
     * What became of a table.
     *
     * @param added    who are new
     * @param there    who were there already; nothing of them was changed
     * @param kept     who are written to no more: had left, complained, were erased or bounced
     * @param refused  lines that could not be read, with why
     */
    public record Report(int added, int there, int kept, List<Line> refused) {
        public Report {
            refused = List.copyOf(refused);
        }
    }

    /** @param number as a person counts lines, the heading being 1 */
    public record Line(long number, Message why) {}

    /**
     * Brings in those who had left the other tool: they are written to no more.
     *
     * @throws FaultException INVALID
     */
    public Report left(Actor actor, String table) {
        actor.require(Scope.MANAGE);
        List<SubscriberTable.Row> rows = SubscriberTable.read(table, MOST);
        Instant now = stores.clock().instant();
        List<Line> refused = new ArrayList<>();
        int kept = 0;
        for (int from = 0; from < rows.size(); from += AT_ONCE) {
            List<SubscriberTable.Row> some = rows.subList(from, Math.min(rows.size(), from + AT_ONCE));
            stores.left()
                    .add(some.stream()
                            .flatMap(row -> MailAddress.of(row.get("address")).stream())
                            .map(address -> new LeaveLog.Line(
                                    LeaveLog.What.IMPORTED,
                                    actor.branch(),
                                    stores.suppressions().key(address.key()),
                                    now))
                            .toList());
            kept += stores.unitOfWork().write(Urgency.BULK, tx -> {
                int count = 0;
                for (SubscriberTable.Row row : some) {
                    Optional<MailAddress> address = MailAddress.of(row.get("address"));
                    if (address.isPresent()) {
                        stores.suppressions()
                                .add(tx, actor.branch(), address.get().key(), Suppressions.Reason.IMPORTED, now);
                        count++;
                    } else {
                        refused.add(new Line(row.line(), Message.of("signup.address.invalid")));
                    }
                }
                return count;
            });
        }
        int all = kept;
        stores.unitOfWork().write(Urgency.REQUEST, tx -> {
            stores.audit()
                    .add(tx, actor, "subscriber.import.left", actor.branch().value(), String.valueOf(all));
            return true;
        });
        return new Report(0, 0, kept, refused);
    }

    /**
     * Brings in people who had agreed elsewhere. They get letters at once.
     *
     * @param statement how and when they agreed, in at least 20 characters; kept with each of them
     * @param none      whether it is said that nobody had left the other tool; else the list of those must have come before
     * @throws FaultException INVALID; CONFLICT where nobody can sign up yet, or the list of those who had left is missing
     */
    public Report add(Actor actor, String table, @Nullable String statement, boolean none) {
        actor.require(Scope.MANAGE);
        if (statement == null || statement.strip().length() < LEAST_WORDS || statement.length() > 1_000) {
            throw FaultException.invalid("/statement", Message.of("signup.import.statement", "limit", LEAST_WORDS));
        }
        List<SubscriberTable.Row> rows = SubscriberTable.read(table, MOST);
        boolean ready = stores.unitOfWork().read(tx -> {
            if (!stores.house().settings(tx, actor.branch()).ready()) {
                throw FaultException.conflict(Message.of("signup.closed"));
            }
            return none || stores.suppressions().any(tx, actor.branch(), Suppressions.Reason.IMPORTED);
        });
        if (!ready) {
            throw FaultException.conflict(Message.of("signup.import.left-first"));
        }
        Tally tally = new Tally();
        for (int from = 0; from < rows.size(); from += AT_ONCE) {
            List<SubscriberTable.Row> some = rows.subList(from, Math.min(rows.size(), from + AT_ONCE));
            stores.unitOfWork().write(Urgency.BULK, tx -> {
                Map<String, String> topics = topics(tx, actor);
                some.forEach(row -> add(tx, actor, row, topics, statement.strip(), tally));
                return true;
            });
        }
        stores.unitOfWork().write(Urgency.REQUEST, tx -> {
            stores.audit().add(tx, actor, "subscriber.import", actor.branch().value(), String.valueOf(tally.added));
            return true;
        });
        return new Report(tally.added, tally.there, tally.kept, tally.refused);
    }

    /** What has been counted so far. */
    private static final class Tally {
        private final List<Line> refused = new ArrayList<>();
        private int added;
        private int there;
        private int kept;
    }

    private Map<String, String> topics(Tx tx, Actor actor) {
        Map<String, String> ids = new HashMap<>();
        stores.house().topics(tx, actor.branch()).forEach(topic -> {
            ids.put(topic.id(), topic.id());
            ids.put(topic.nameFr().toLowerCase(Locale.ROOT), topic.id());
            ids.put(topic.nameEn().toLowerCase(Locale.ROOT), topic.id());
        });
        return ids;
    }

    private void add(
            Tx tx, Actor actor, SubscriberTable.Row row, Map<String, String> topics, String statement, Tally tally) {
        Optional<MailAddress> address = MailAddress.of(row.get("address"));
        String language = row.get("language").toLowerCase(Locale.ROOT);
        String name = row.get("name");
        Set<String> chosen = new HashSet<>();
        for (String topic : SubscriberTable.names(row.get("topics"))) {
            String id = topics.get(topic.toLowerCase(Locale.ROOT));
            if (id == null) {
                tally.refused.add(new Line(row.line(), Message.of("signup.import.topic", "topic", topic)));
                return;
            }
            chosen.add(id);
        }
        if (address.isEmpty()) {
            tally.refused.add(new Line(row.line(), Message.of("signup.address.invalid")));
        } else if (name.length() > 100 || name.chars().anyMatch(Character::isISOControl)) {
            tally.refused.add(new Line(row.line(), Message.of("signup.name.invalid")));
        } else if (stores.suppressions()
                .find(tx, actor.branch(), address.get().key())
                .isPresent()) {
            tally.kept++;
        } else if (stores.subscribers()
                .byAddress(tx, actor.branch(), address.get().key())
                .isPresent()) {
            tally.there++;
        } else {
            insert(tx, actor, address.get(), language.startsWith("en") ? "en" : "fr", name, chosen, statement);
            tally.added++;
        }
    }

    private void insert(
            Tx tx,
            Actor actor,
            MailAddress address,
            String language,
            String name,
            Set<String> topics,
            String statement) {
        Instant now = stores.clock().instant();
        Subscriber fresh = new Subscriber(
                stores.ids().next(),
                actor.branch(),
                State.CONFIRMED,
                Reach.MAIL,
                language,
                new Person(address.text(), null, name.isEmpty() ? null : name),
                topics,
                null,
                now,
                now,
                null,
                now,
                null,
                1);
        stores.subscribers().insert(tx, fresh);
        Consents.add(
                stores, tx, fresh, Consent.Kind.IMPORTED, Consent.Door.IMPORT, "team:" + actor.id() + " " + statement);
    }

    /**
     * Everybody as a table, safe for spreadsheets; that it was taken is noted.
     *
     * @throws FaultException FORBIDDEN
     */
    public String export(Actor actor) {
        actor.require(Scope.ADMIN);
        List<List<String>> rows = new ArrayList<>();
        rows.add(SubscriberTable.HEADING);
        String after = "";
        while (true) {
            String from = after;
            List<Subscriber> page = stores.unitOfWork()
                    .read(tx -> stores.subscribers().page(tx, actor.branch(), List.of(), Segment.ALL, from, AT_ONCE));
            page.forEach(one -> rows.add(row(one)));
            if (page.size() < AT_ONCE) {
                break;
            }
            after = page.getLast().id();
        }
        stores.unitOfWork().write(Urgency.REQUEST, tx -> {
            stores.audit().add(tx, actor, "subscriber.export", actor.branch().value(), String.valueOf(rows.size() - 1));
            return true;
        });
        return SubscriberTable.write(rows);
    }

    private static List<String> row(Subscriber one) {
        Long telegram = one.person().telegramId();
        return List.of(
                one.id(),
                one.state().name(),
                one.reach().name(),
                said(one.person().address()),
                telegram == null ? "" : String.valueOf(telegram),
                said(one.person().name()),
                one.language(),
                String.join(" ", one.topics()),
                said(one.link()),
                one.createdAt().toString(),
                one.confirmedAt() == null ? "" : one.confirmedAt().toString(),
                one.endedAt() == null ? "" : one.endedAt().toString());
    }

    private static String said(@Nullable String value) {
        return value == null ? "" : value;
    }
}
