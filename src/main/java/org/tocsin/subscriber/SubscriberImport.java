package org.tocsin.subscriber;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;
import org.tocsin.base.TableRuns.Progress;
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
    /** Rows in a transaction: what people do at the desk meanwhile waits for no longer than for so many. */
    private static final int AT_ONCE = 50;

    private static final int LEAST_WORDS = 20;
    private static final int MOST_WORDS = 1_000;

    private static final int LONGEST_FILE = 100;

    private final PeopleStores stores;
    private final Leaving leaving;

    /** @param leaving takes whoever is on a list of those who had left off at once */
    public SubscriberImport(PeopleStores stores, Leaving leaving) {
        this.stores = stores;
        this.leaving = leaving;
    }

    /**
     * What is to be brought in.
     *
     * @param left      whether the table names those who had left the other tool; they are written to no more
     * @param statement how and when the people of the table agreed, in at least 20 characters; kept with each of them. Not needed of those
     *                  who left
     * @param none      whether it is said that nobody had left the other tool; else the list of those must have come before
     * @param dry       whether it is only looked at: nothing is written
     * @param file      name of the file that the table was in; null where nobody said it
     */
    public record Wanted(
            String table,
            boolean left,
            @Nullable String statement,
            boolean none,
            boolean dry,
            @Nullable String file) {
        /** @return the same, to be brought in */
        Wanted inEarnest() {
            return new Wanted(table, left, statement, none, false, file);
        }
    }

    /**
     * What became of a table.
     *
     * @param added who are new; of a list of those who left, none
     * @param there who were there already; nothing of them was changed
     * @param kept  who are written to no more: had left, complained, were erased or bounced; of a list of those who left, all that it names
     * @param lines each that added nobody, with why; of a list of those who left, those that could not be read or ended a subscription
     * @param done  how many lines were looked at; fewer than {@code total} where it was stopped
     * @param dry   whether nothing was written
     * @param none  whether it was said that nobody had left the other tool
     */
    public record Report(
            int added, int there, int kept, List<Line> lines, int done, int total, boolean dry, boolean none) {
        public Report {
            lines = List.copyOf(lines);
        }

        /** @return lines that could not be read */
        public List<Line> refused() {
            return lines.stream()
                    .filter(line -> line.status() == Status.REFUSED)
                    .toList();
        }

        /** @return whether somebody ended it before its end */
        public boolean stopped() {
            return done < total;
        }
    }

    /** What became of a line. */
    public enum Status {
        THERE,
        KEPT,
        REFUSED,
        /** Was subscribed here, and is no longer: he is on the list of those who had left. */
        ENDED
    }

    /** @param number as a person counts lines, the heading being 1 */
    public record Line(long number, Status status, Message why) {}

    /** Brings in those who had left the other tool. */
    public Report left(Actor actor, String table) {
        return run(actor, new Wanted(table, true, null, false, false, null), Progress.NONE);
    }

    /** Brings in people who had agreed elsewhere. They get letters at once. */
    public Report add(Actor actor, String table, @Nullable String statement, boolean none) {
        return run(actor, new Wanted(table, false, statement, none, false, null), Progress.NONE);
    }

    /**
     * Brings in a table.
     *
     * @throws FaultException INVALID; CONFLICT where nobody can sign up yet, or the list of those who had left is missing
     */
    public Report run(Actor actor, Wanted wanted, Progress progress) {
        return work(actor, wanted, rows(actor, wanted), progress);
    }

    /** @return the lines, where the table and what is said of it would be taken */
    List<SubscriberTable.Row> rows(Actor actor, Wanted wanted) {
        actor.require(Scope.MANAGE);
        if (!wanted.left()) {
            agreed(wanted.statement());
        }
        List<SubscriberTable.Row> rows = SubscriberTable.read(wanted.table(), MOST);
        if (!wanted.left() && !ready(actor, wanted.none())) {
            throw FaultException.conflict(Message.of("signup.import.left-first"));
        }
        return rows;
    }

    private static String agreed(@Nullable String statement) {
        if (statement == null || statement.strip().length() < LEAST_WORDS || statement.length() > MOST_WORDS) {
            throw FaultException.invalid("/statement", Message.of("signup.import.statement", "limit", LEAST_WORDS));
        }
        return statement.strip();
    }

    private boolean ready(Actor actor, boolean none) {
        return stores.unitOfWork().read(tx -> {
            if (!stores.house().settings(tx, actor.branch()).ready()) {
                throw FaultException.conflict(Message.of("signup.closed"));
            }
            return none || stores.suppressions().any(tx, actor.branch(), Suppressions.Reason.IMPORTED);
        });
    }

    Report work(Actor actor, Wanted wanted, List<SubscriberTable.Row> rows, Progress progress) {
        Tally tally = new Tally();
        for (int from = 0; from < rows.size() && progress.goOn(from, rows.size()); from += AT_ONCE) {
            List<SubscriberTable.Row> some = rows.subList(from, Math.min(rows.size(), from + AT_ONCE));
            if (wanted.left()) {
                some(actor, some, wanted, tally);
            } else {
                String statement = agreed(wanted.statement());
                in(wanted.dry(), tx -> {
                    Map<String, String> topics = topics(tx, actor);
                    some.forEach(row -> add(tx, actor, row, topics, wanted.dry() ? "" : statement, tally));
                    return true;
                });
            }
            tally.done += some.size();
        }
        if (!wanted.dry()) {
            String action = wanted.left() ? "subscriber.import.left" : "subscriber.import";
            int count = wanted.left() ? tally.kept : tally.added;
            // Who has said that there is no list of those who left answers for it.
            String said = "people=" + count + (wanted.left() ? "" : " noneLeft=" + wanted.none());
            stores.unitOfWork().write(Urgency.REQUEST, tx -> {
                stores.audit().add(tx, actor, action, actor.branch().value(), said);
                return true;
            });
        }
        return new Report(
                tally.added,
                tally.there,
                tally.kept,
                tally.lines,
                tally.done,
                rows.size(),
                wanted.dry(),
                !wanted.left() && wanted.none());
    }

    /** A look needs no place in the queue of those who write. */
    private void in(boolean dry, Function<Tx, Boolean> work) {
        if (dry) {
            stores.unitOfWork().read(work);
        } else {
            stores.unitOfWork().write(Urgency.BULK, work);
        }
    }

    /** Those who left: written down beside the database first, and whoever is subscribed here is so no longer. */
    private void some(Actor actor, List<SubscriberTable.Row> some, Wanted wanted, Tally tally) {
        Map<String, SubscriberTable.Row> named = new LinkedHashMap<>();
        for (SubscriberTable.Row row : some) {
            MailAddress.of(row.get("address"))
                    .ifPresentOrElse(
                            address -> named.putIfAbsent(address.key(), row),
                            () -> tally.refuse(row, Message.of("signup.address.invalid")));
        }
        tally.kept += named.size();
        in(wanted.dry(), tx -> {
            named.forEach((key, row) -> stores.subscribers()
                    .byAddress(tx, actor.branch(), key)
                    .ifPresent(one -> {
                        tally.lines.add(new Line(row.line(), Status.ENDED, Message.of("signup.import.ended")));
                        if (!wanted.dry()) {
                            leaving.listed(tx, one, proof(actor, wanted));
                        }
                    }));
            if (!wanted.dry()) {
                list(tx, actor, List.copyOf(named.keySet()));
            }
            return true;
        });
    }

    private void list(Tx tx, Actor actor, List<String> named) {
        Instant now = stores.clock().instant();
        stores.left()
                .add(named.stream()
                        .map(key -> new LeaveLog.Line(
                                LeaveLog.What.IMPORTED,
                                actor.branch(),
                                stores.suppressions().key(key),
                                now))
                        .toList());
        named.forEach(key -> stores.suppressions().add(tx, actor.branch(), key, Suppressions.Reason.IMPORTED, now));
    }

    /** Who brought the list, and in which file it was; when is in the row. */
    private static String proof(Actor actor, Wanted wanted) {
        String file = wanted.file() == null
                ? ""
                : wanted.file().replaceAll("\\p{Cc}", " ").strip();
        return "team:" + actor.id() + " import"
                + (file.isEmpty() ? "" : " " + file.substring(0, Math.min(LONGEST_FILE, file.length())));
    }

    /** What has been counted so far. */
    private static final class Tally {
        private final List<Line> lines = new ArrayList<>();
        /** Who would have come by a table that is only looked at. */
        private final Set<String> seen = new HashSet<>();

        private int added;
        private int there;
        private int kept;
        private int done;

        private void refuse(SubscriberTable.Row row, Message why) {
            lines.add(new Line(row.line(), Status.REFUSED, why));
        }
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

    /** Of an export of ours: who has not confirmed, has left or has stopped the use of his data is no subscriber elsewhere either. */
    private static boolean unconfirmed(String state) {
        return !state.equals(State.CONFIRMED.name())
                && Stream.of(State.values()).anyMatch(one -> one.name().equals(state));
    }

    /** @param statement empty where nothing is to be written */
    private void add(
            Tx tx, Actor actor, SubscriberTable.Row row, Map<String, String> topics, String statement, Tally tally) {
        String state = row.get("state");
        if (unconfirmed(state)) {
            tally.refuse(row, Message.of("signup.import.state", "state", state));
            return;
        }
        Optional<MailAddress> address = MailAddress.of(row.get("address"));
        String language = row.get("language").toLowerCase(Locale.ROOT);
        String name = row.get("name");
        Set<String> chosen = new HashSet<>();
        for (String topic : SubscriberTable.names(row.get("topics"))) {
            String id = topics.get(topic.toLowerCase(Locale.ROOT));
            if (id == null) {
                tally.refuse(row, Message.of("signup.import.topic", "topic", topic));
                return;
            }
            chosen.add(id);
        }
        if (address.isEmpty()) {
            tally.refuse(row, Message.of("signup.address.invalid"));
        } else if (name.length() > 100 || name.chars().anyMatch(Character::isISOControl)) {
            tally.refuse(row, Message.of("signup.name.invalid"));
        } else if (stores.suppressions()
                .find(tx, actor.branch(), address.get().key())
                .isPresent()) {
            tally.kept++;
            tally.lines.add(new Line(row.line(), Status.KEPT, Message.of("signup.import.kept")));
        } else if (tally.seen.contains(address.get().key())
                || stores.subscribers()
                        .byAddress(tx, actor.branch(), address.get().key())
                        .isPresent()) {
            tally.there++;
            tally.lines.add(new Line(row.line(), Status.THERE, Message.of("signup.import.there")));
        } else {
            if (statement.isEmpty()) {
                tally.seen.add(address.get().key());
            } else {
                insert(tx, actor, address.get(), language.startsWith("en") ? "en" : "fr", name, chosen, statement);
            }
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
     * Everybody, or some, as a table that can be brought in as it is; that it was taken is noted.
     *
     * @param states empty for all
     * @param raw    whether it is for machines alone; else it is safe for spreadsheets
     * @throws FaultException FORBIDDEN
     */
    public String export(Actor actor, List<State> states, Segment segment, boolean raw) {
        actor.require(Scope.ADMIN);
        List<List<String>> rows = new ArrayList<>();
        rows.add(SubscriberTable.HEADING);
        String after = "";
        while (true) {
            String from = after;
            List<Subscriber> page = stores.unitOfWork()
                    .read(tx -> stores.subscribers().page(tx, actor.branch(), states, segment, from, AT_ONCE));
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
        return SubscriberTable.write(rows, raw);
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
                SubscriberTable.cell(one.topics()),
                said(one.link()),
                one.createdAt().toString(),
                one.confirmedAt() == null ? "" : one.confirmedAt().toString(),
                one.endedAt() == null ? "" : one.endedAt().toString());
    }

    private static String said(@Nullable String value) {
        return value == null ? "" : value;
    }
}
