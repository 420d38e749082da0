package org.tocsin.sql;

import static org.tocsin.sql.SqlTx.handle;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;
import org.tocsin.letter.MailAddress;
import org.tocsin.subscriber.Segment;
import org.tocsin.subscriber.Subscriber;
import org.tocsin.subscriber.Subscriber.Person;
import org.tocsin.subscriber.Subscriber.Reach;
import org.tocsin.subscriber.Subscriber.State;
import org.tocsin.subscriber.SubscriberRepository;

/** Subscribers in SQL; who they are is sealed. */
public final class SqlSubscribers implements SubscriberRepository {
    private static final String ROW = "select s.* from subscriber s where s.branch = :branch";

    /** After every id. */
    private static final String LAST = "~";

    private final SecretBox box;

    /** @param box seals who people are */
    public SqlSubscribers(SecretBox box) {
        this.box = box;
    }

    private static String place(String id) {
        return "subscriber.sealed." + id;
    }

    private @Nullable String addressKey(Person person) {
        String address = person.address();
        return address == null
                ? null
                : box.hash(MailAddress.of(address).map(MailAddress::key).orElse(address));
    }

    private @Nullable String telegramKey(Person person) {
        return person.telegramId() == null ? null : box.hash("telegram:" + person.telegramId());
    }

    private <S extends SqlStatement<S>> S bound(S statement, Subscriber one) {
        return statement
                .bind("id", one.id())
                .bind("branch", one.branch().value())
                .bind("state", one.state().name())
                .bind("reach", one.reach().name())
                .bind("language", one.language())
                .bind("sealed", box.seal(place(one.id()), Json.write(one.person())))
                .bind("address", addressKey(one.person()))
                .bind("telegram", telegramKey(one.person()))
                .bind("link", one.link())
                .bind("topics", String.join(" ", one.topics()))
                .bind("confirmed", Micros.ofNullable(one.confirmedAt()))
                .bind("ended", Micros.ofNullable(one.endedAt()))
                .bind("seen", Micros.of(one.seenAt()))
                .bind("asked", Micros.ofNullable(one.askedAt()));
    }

    @Override
    public void insert(Tx tx, Subscriber one) {
        bound(
                        handle(tx)
                                .createUpdate("insert into subscriber (id, branch, state, reach, language, sealed,"
                                        + " address_key, telegram_key, link, topics, created_at, confirmed_at, ended_at,"
                                        + " seen_at, asked_at, version) values (:id, :branch, :state, :reach,"
                                        + " :language, :sealed, :address, :telegram, :link, :topics, :created, :confirmed,"
                                        + " :ended, :seen, :asked, 1)"),
                        one)
                .bind("created", Micros.of(one.createdAt()))
                .execute();
        topics(tx, one);
    }

    @Override
    public boolean save(Tx tx, Subscriber one) {
        boolean saved = bound(
                                handle(tx)
                                        .createUpdate("update subscriber set state = :state, reach = :reach, language ="
                                                + " :language, sealed = :sealed, address_key = :address, telegram_key"
                                                + " = :telegram, link = :link, topics = :topics, confirmed_at = :confirmed, ended_at ="
                                                + " :ended, seen_at = :seen, asked_at = :asked, version = version + 1"
                                                + " where id = :id and branch = :branch and version = :version"),
                                one)
                        .bind("version", one.version())
                        .execute()
                == 1;
        if (saved) {
            handle(tx).execute("delete from subscriber_topic where subscriber_id = ?", one.id());
            topics(tx, one);
        }
        return saved;
    }

    private static void topics(Tx tx, Subscriber one) {
        one.topics()
                .forEach(topic -> handle(tx)
                        .execute(
                                "insert into subscriber_topic (subscriber_id, topic_id) values (?, ?)",
                                one.id(),
                                topic));
    }

    @Override
    public Optional<Subscriber> find(Tx tx, BranchId branch, String id) {
        return handle(tx)
                .createQuery(ROW + " and s.id = :id")
                .bind("branch", branch.value())
                .bind("id", id)
                .map((row, context) -> subscriber(row))
                .findOne();
    }

    @Override
    public Optional<Subscriber> find(Tx tx, String id) {
        return handle(tx)
                .createQuery("select s.* from subscriber s where s.id = :id")
                .bind("id", id)
                .map((row, context) -> subscriber(row))
                .findOne();
    }

    @Override
    public Optional<Subscriber> byAddress(Tx tx, BranchId branch, String address) {
        return byKey(tx, branch, box.hash(address));
    }

    @Override
    public Optional<Subscriber> byTelegram(Tx tx, BranchId branch, long telegramId) {
        return byKey(tx, branch, box.hash("telegram:" + telegramId));
    }

    @Override
    public Optional<Subscriber> byKey(Tx tx, BranchId branch, String key) {
        return handle(tx)
                .createQuery(ROW + " and (s.address_key = :key or s.telegram_key = :key)")
                .bind("branch", branch.value())
                .bind("key", key)
                .map((row, context) -> subscriber(row))
                .findFirst();
    }

    @Override
    public List<Subscriber> page(Tx tx, BranchId branch, List<State> states, Segment segment, String after, int max) {
        Query query = handle(tx)
                .createQuery(page(states, segment))
                .bind("branch", branch.value())
                .bind("after", after.isEmpty() ? LAST : after)
                .bind("max", max);
        if (!states.isEmpty()) {
            query.bindList("states", states.stream().map(State::name).toList());
        }
        int topic = 0;
        for (String one : segment.topics()) {
            query.bind("topic" + topic++, one);
        }
        return fitting(query, new Segment(Set.of(), segment.languages(), segment.links(), segment.reaches()))
                .map((row, context) -> subscriber(row))
                .list();
    }

    /**
     * Who chose everything, and who chose one topic or another, stand in indexes of their own, each in the order of the pages: a part of each
     * is read, and never who is of no concern.
     */
    static String page(List<State> states, Segment segment) {
        String fits = (states.isEmpty() ? "" : " and s.state in (<states>)")
                + where(new Segment(Set.of(), segment.languages(), segment.links(), segment.reaches()));
        String end = " order by s.id desc limit :max";
        if (segment.topics().isEmpty()) {
            return ROW + fits + " and s.id < :after" + end;
        }
        StringBuilder parts = new StringBuilder(
                "select * from (" + ROW + " and s.topics = ''" + fits + " and s.id < :after" + end + ")");
        for (int topic = 0; topic < segment.topics().size(); topic++) {
            // A cross join keeps the order of the tables.
            parts.append(" union select * from (select s.* from subscriber_topic t cross join subscriber s where"
                            + " t.topic_id = :topic")
                    .append(topic)
                    .append(" and t.subscriber_id < :after and s.id = t.subscriber_id and s.branch = :branch")
                    .append(fits)
                    .append(" order by t.subscriber_id desc limit :max)");
        }
        return parts.append(" order by id desc limit :max").toString();
    }

    @Override
    public Map<State, Long> counts(Tx tx, BranchId branch) {
        Map<State, Long> counts = new EnumMap<>(State.class);
        handle(tx)
                .createQuery("select state, count(*) as number from subscriber where branch = :branch group by state")
                .bind("branch", branch.value())
                .map((row, context) -> Map.entry(State.valueOf(row.getString("state")), row.getLong("number")))
                .forEach(one -> counts.put(one.getKey(), one.getValue()));
        return counts;
    }

    @Override
    public List<String> chosen(Tx tx, BranchId branch, Segment segment, String after, int max) {
        return fitting(
                        handle(tx)
                                .createQuery("select s.id from subscriber s where s.branch = :branch and s.state ="
                                        + " 'CONFIRMED' and s.id > :after" + where(segment)
                                        + " order by s.id limit :max")
                                .bind("branch", branch.value())
                                .bind("after", after)
                                .bind("max", max),
                        segment)
                .mapTo(String.class)
                .list();
    }

    @Override
    public long count(Tx tx, BranchId branch, Segment segment) {
        return fitting(
                        handle(tx)
                                .createQuery("select count(*) from subscriber s where s.branch = :branch and s.state ="
                                        + " 'CONFIRMED'" + where(segment))
                                .bind("branch", branch.value()),
                        segment)
                .mapTo(Long.class)
                .one();
    }

    private static String where(Segment segment) {
        StringBuilder where = new StringBuilder();
        if (!segment.topics().isEmpty()) {
            where.append(" and (exists (select 1 from subscriber_topic t where t.subscriber_id = s.id and t.topic_id"
                    + " in (<topics>)) or not exists (select 1 from subscriber_topic t where t.subscriber_id ="
                    + " s.id))");
        }
        if (!segment.languages().isEmpty()) {
            where.append(" and s.language in (<languages>)");
        }
        if (!segment.links().isEmpty()) {
            where.append(" and s.link in (<links>)");
        }
        if (!segment.reaches().isEmpty()) {
            where.append(" and s.reach in (<reaches>)");
        }
        return where.toString();
    }

    private static <S extends SqlStatement<S>> S fitting(S query, Segment segment) {
        bind(query, "topics", segment.topics());
        bind(query, "languages", segment.languages());
        bind(query, "links", segment.links());
        bind(query, "reaches", names(segment.reaches()));
        return query;
    }

    private static Set<String> names(Set<Reach> reaches) {
        Set<String> names = new HashSet<>();
        reaches.forEach(one -> names.add(one.name()));
        return names;
    }

    private static <S extends SqlStatement<S>> void bind(S query, String name, Set<String> values) {
        if (!values.isEmpty()) {
            query.bindList(name, new ArrayList<>(values));
        }
    }

    @Override
    public long brought(Tx tx, BranchId branch, Set<String> links) {
        return links.isEmpty()
                ? 0
                : handle(tx)
                        .createQuery("select count(*) from subscriber where branch = :branch and link in (<links>) and"
                                + " confirmed_at is not null")
                        .bind("branch", branch.value())
                        .bindList("links", new ArrayList<>(links))
                        .mapTo(Long.class)
                        .one();
    }

    @Override
    public Map<String, Long> broughtBy(Tx tx, BranchId branch, Instant until) {
        Map<String, Long> brought = new LinkedHashMap<>();
        handle(tx)
                .createQuery("select link, count(*) as number from subscriber where branch = :branch and link is not"
                        + " null and confirmed_at <= :until group by link")
                .bind("branch", branch.value())
                .bind("until", Micros.of(until))
                .map((row, context) -> Map.entry(row.getString("link"), row.getLong("number")))
                .forEach(one -> brought.put(one.getKey(), one.getValue()));
        return brought;
    }

    @Override
    public List<Subscriber> older(Tx tx, State state, Instant before, int max) {
        return handle(tx)
                .createQuery(ROW.replace("s.branch = :branch", "s.state = :state")
                        + " and coalesce(s.ended_at, s.seen_at) < :before order by s.seen_at limit :max")
                .bind("state", state.name())
                .bind("before", Micros.of(before))
                .bind("max", max)
                .map((row, context) -> subscriber(row))
                .list();
    }

    @Override
    public List<Subscriber> quiet(Tx tx, Instant before, Instant recently, Set<Reach> reaches, int max) {
        return handle(tx)
                .createQuery("select s.* from subscriber s where s.state = 'CONFIRMED' and s.asked_at is null and"
                        + " s.seen_at < :before and (s.asking_at is null or s.asking_at < :recently) and s.reach in"
                        + " (<reaches>) order by s.seen_at limit :max")
                .bind("before", Micros.of(before))
                .bind("recently", Micros.of(recently))
                .bind("max", max)
                .bindList("reaches", new ArrayList<>(names(reaches)))
                .map((row, context) -> subscriber(row))
                .list();
    }

    @Override
    public boolean asking(Tx tx, Subscriber one, Instant at) {
        return handle(tx)
                        .createUpdate("update subscriber set asking_at = :at where id = :id and branch = :branch and"
                                + " version = :version")
                        .bind("at", Micros.of(at))
                        .bind("id", one.id())
                        .bind("branch", one.branch().value())
                        .bind("version", one.version())
                        .execute()
                == 1;
    }

    @Override
    public List<Subscriber> asked(Tx tx, Instant before, Set<Reach> reaches, int max) {
        return handle(tx)
                .createQuery("select s.* from subscriber s where s.state = 'CONFIRMED' and s.asked_at < :before and"
                        + " s.reach in (<reaches>) order by s.asked_at limit :max")
                .bind("before", Micros.of(before))
                .bind("max", max)
                .bindList("reaches", new ArrayList<>(names(reaches)))
                .map((row, context) -> subscriber(row))
                .list();
    }

    @Override
    public void delete(Tx tx, String id) {
        handle(tx).execute("delete from subscriber_topic where subscriber_id = ?", id);
        handle(tx).execute("delete from subscriber where id = ?", id);
    }

    private Subscriber subscriber(ResultSet row) throws SQLException {
        String id = row.getString("id");
        String topics = row.getString("topics");
        return new Subscriber(
                id,
                new BranchId(row.getString("branch")),
                State.valueOf(row.getString("state")),
                Reach.valueOf(row.getString("reach")),
                row.getString("language"),
                Json.read(box.open(place(id), row.getString("sealed")), Person.class),
                topics.isEmpty() ? Set.of() : new HashSet<>(Arrays.asList(topics.split(" "))),
                row.getString("link"),
                Micros.get(row, "created_at"),
                Micros.getNullable(row, "confirmed_at"),
                Micros.getNullable(row, "ended_at"),
                Micros.get(row, "seen_at"),
                Micros.getNullable(row, "asked_at"),
                row.getLong("version"));
    }
}
