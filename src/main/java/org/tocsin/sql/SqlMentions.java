package org.tocsin.sql;

import static org.tocsin.sql.SqlTx.handle;

import com.fasterxml.jackson.core.type.TypeReference;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;
import org.tocsin.base.Ids;
import org.tocsin.base.LiveEvent;
import org.tocsin.base.LiveEvents;
import org.tocsin.base.Tx;
import org.tocsin.mention.Author;
import org.tocsin.mention.Counts;
import org.tocsin.mention.HeardItem;
import org.tocsin.mention.ItemKind;
import org.tocsin.mention.Mention;
import org.tocsin.mention.MentionRepository;
import org.tocsin.mention.Milestones;
import org.tocsin.mention.Source;

/** The log of mentions in SQL. */
public final class SqlMentions implements MentionRepository {
    /** The reader of the log that rings. */
    static final String WATCHES = "watch";

    private static final TypeReference<List<String>> WORDS = new TypeReference<>() {};

    private static final int AT_ONCE = 500;

    private final Ids ids;
    private final LiveEvents events;
    private final RecentLog recent;

    /** @param ids names new mentions */
    public SqlMentions(Ids ids) {
        this(ids, new LiveEvents());
    }

    /** @param events told of what is new or has changed */
    public SqlMentions(Ids ids, LiveEvents events) {
        this.ids = ids;
        this.events = events;
        this.recent = new RecentLog();
    }

    @Override
    public Added add(Tx tx, Source source, List<HeardItem> items, Instant now, boolean history, Milestones milestones) {
        Map<String, HeardItem> fresh = new LinkedHashMap<>();
        Map<String, Mention> there = there(tx, source.id(), items);
        int added = 0;
        int changed = 0;
        int same = 0;
        for (HeardItem item : items) {
            if (fresh.containsKey(item.nativeId())) {
                // Twice in one answer: the second is told apart from the first as at the next reading.
                insert(tx, source, fresh.values(), now, history);
                fresh.clear();
                known(tx, source.id(), item.nativeId()).ifPresent(one -> there.put(item.nativeId(), one));
            }
            Mention before = there.get(item.nativeId());
            if (before == null) {
                fresh.put(item.nativeId(), item);
                added++;
            } else if (before.deletedAt() != null || sameWords(before.heard(), item)) {
                // What its source has taken back stays so: a page that was read from a cache does not bring it back.
                count(tx, before, item.counts(), milestones);
                same++;
            } else {
                insert(tx, source, fresh.values(), now, history);
                fresh.clear();
                change(tx, before, item, isUnreadHistory(tx, before));
                known(tx, source.id(), item.nativeId()).ifPresent(one -> there.put(item.nativeId(), one));
                changed++;
            }
        }
        insert(tx, source, fresh.values(), now, history);
        if (added + changed > 0) {
            tx.afterCommit(() -> events.publish(new LiveEvent.OfMentions(source.branch())));
        }
        return new Added(added, changed, same);
    }

    /** @return those of the items that are known, by their native ids */
    private static Map<String, Mention> there(Tx tx, String sourceId, List<HeardItem> items) {
        Map<String, Mention> there = new HashMap<>();
        for (int from = 0; from < items.size(); from += AT_ONCE) {
            List<HeardItem> some = items.subList(from, Math.min(items.size(), from + AT_ONCE));
            handle(tx)
                    .createQuery("select * from mention where source_id = :source and native_id in (<ids>)")
                    .bind("source", sourceId)
                    .bindList("ids", some.stream().map(HeardItem::nativeId).toList())
                    .map((row, context) -> mention(row))
                    .forEach(one -> there.put(one.heard().nativeId(), one));
        }
        return there;
    }

    @Override
    public Set<String> known(Tx tx, String sourceId, List<String> nativeIds) {
        Set<String> known = new HashSet<>();
        for (int from = 0; from < nativeIds.size(); from += AT_ONCE) {
            List<String> some = nativeIds.subList(from, Math.min(nativeIds.size(), from + AT_ONCE));
            handle(tx)
                    .createQuery("select native_id from mention where source_id = :source and native_id in (<ids>)")
                    .bind("source", sourceId)
                    .bindList("ids", some)
                    .mapTo(String.class)
                    .forEach(known::add);
        }
        return known;
    }

    private static Optional<Mention> known(Tx tx, String sourceId, String nativeId) {
        return handle(tx)
                .createQuery("select * from mention where source_id = :source and native_id = :native")
                .bind("source", sourceId)
                .bind("native", nativeId)
                .map((row, context) -> mention(row))
                .findOne();
    }

    /** The time of publishing is not of the words: many feeds give the time of the last change there, or none. */
    private static boolean sameWords(HeardItem before, HeardItem after) {
        return before.text().equals(after.text())
                && Objects.equals(before.title(), after.title())
                && Objects.equals(before.url(), after.url())
                && before.author().equals(after.author())
                && before.tags().equals(after.tags())
                && before.links().equals(after.links())
                && before.mentioned().equals(after.mentioned());
    }

    /** @return the next number of the log */
    static long next(Tx tx) {
        return next(tx, 1);
    }

    /** @return the last of so many next numbers of the log */
    private static long next(Tx tx, int numbers) {
        return handle(tx)
                .createQuery("update mention_seq set value = value + :numbers where id = 1 returning value")
                .bind("numbers", numbers)
                .mapTo(Long.class)
                .one();
    }

    private void insert(Tx tx, Source source, Collection<HeardItem> items, Instant now, boolean history) {
        if (items.isEmpty()) {
            return;
        }
        long seq = next(tx, items.size()) - items.size();
        PreparedBatch batch = handle(tx)
                .prepareBatch("insert into mention (id, change_seq, first_seq, revision, branch, source_id,"
                        + " native_id, kind, author_name, author_handle, author_url, title, body,"
                        + " language, url, published_at, heard_at, tags, mentioned, links, about,"
                        + " media, likes, reposts, replies, followers, history) values (:id, :seq, :seq, 1,"
                        + " :branch, :source, :native, :kind, :author_name, :author_handle,"
                        + " :author_url, :title, :body, :language, :url, :published, :heard, :tags,"
                        + " :mentioned, :links, :about, :media, :likes, :reposts, :replies,"
                        + " :followers, :history)");
        List<Mention> added = new ArrayList<>();
        for (HeardItem item : items) {
            seq++;
            Mention mention = new Mention(
                    ids.next(),
                    seq,
                    seq,
                    1,
                    source.branch(),
                    source.id(),
                    item,
                    now.truncatedTo(ChronoUnit.MICROS),
                    history,
                    null);
            added.add(mention);
            bind(batch, item)
                    .bind("id", mention.id())
                    .bind("seq", seq)
                    .bind("branch", source.branch().value())
                    .bind("source", source.id())
                    .bind("native", item.nativeId())
                    .bind("published", Micros.ofNullable(item.publishedAt()))
                    .bind("heard", Micros.of(now))
                    .bind("history", history ? 1 : 0)
                    .add();
        }
        batch.execute();
        tx.afterCommit(() -> recent.add(added));
    }

    /** What was there before anybody listened, and was edited before the watches have read it, is history in its new words: nobody knew others. */
    private boolean isUnreadHistory(Tx tx, Mention before) {
        return before.history() && before.changeSeq() > seen(tx, WATCHES);
    }

    /** @param silent whether the edit makes no revision: it must not ring as one */
    private static void change(Tx tx, Mention before, HeardItem item, boolean silent) {
        bind(
                        handle(tx)
                                .createUpdate("update mention set change_seq = :seq, revision = revision + :step,"
                                        + " kind = :kind, author_name = :author_name, author_handle ="
                                        + " :author_handle, author_url = :author_url, title = :title, body = :body,"
                                        + " language = :language, url = :url, tags = :tags, mentioned = :mentioned,"
                                        + " links = :links, about = :about, media = :media, likes = :likes,"
                                        + " reposts = :reposts, replies = :replies, followers = :followers"
                                        + " where id = :id"),
                        item)
                .bind("seq", next(tx))
                .bind("step", silent ? 0 : 1)
                .bind("id", before.id())
                .execute();
    }

    private void count(Tx tx, Mention before, Counts counts, Milestones milestones) {
        if (before.deletedAt() == null && !before.heard().counts().equals(counts) && !counts.equals(Counts.unknown())) {
            // It takes no number of its own.
            recent.forget();
            boolean again = milestones.passed(before.branch(), before.heard().counts(), counts);
            handle(tx)
                    .createUpdate("update mention set change_seq = :seq, likes = :likes, reposts = :reposts,"
                            + " replies = :replies, followers = :followers where id = :id")
                    .bind("seq", again ? next(tx) : before.changeSeq())
                    .bind("likes", counts.likes())
                    .bind("reposts", counts.reposts())
                    .bind("replies", counts.replies())
                    .bind("followers", counts.followers())
                    .bind("id", before.id())
                    .execute();
        }
    }

    @Override
    public int delete(Tx tx, Source source, List<String> nativeIds, Instant now) {
        int gone = 0;
        for (String nativeId : nativeIds) {
            Optional<Mention> there = known(tx, source.id(), nativeId).filter(one -> one.deletedAt() == null);
            if (there.isPresent()) {
                empty(tx, there.get().id(), now);
                gone++;
            }
        }
        return gone;
    }

    @Override
    public int deleteOf(Tx tx, BranchId branch, Collection<String> profiles, Instant now, int max) {
        if (profiles.isEmpty()) {
            return 0;
        }
        List<String> theirs = handle(tx)
                .createQuery("select id from mention where author_url in (<profiles>) and branch = :branch and"
                        + " deleted_at is null order by id limit :max")
                .bindList("profiles", List.copyOf(profiles))
                .bind("branch", branch.value())
                .bind("max", max)
                .mapTo(String.class)
                .list();
        theirs.forEach(id -> empty(tx, id, now));
        return theirs.size();
    }

    /** Takes words and author out of a row. */
    static void empty(Tx tx, String id, Instant now) {
        // A notice of an alert tells the words as well.
        handle(tx)
                .execute(
                        "delete from notice where kind = 'ALERT' and subject in (select id from alert where mention_id = ?)",
                        id);
        handle(tx)
                .createUpdate("update mention set change_seq = :seq, author_name = null, author_handle = null,"
                        + " author_url = null, title = null, body = '', url = null, tags = '[]', mentioned = '[]',"
                        + " links = '[]', about = null, deleted_at = :now where id = :id")
                .bind("seq", next(tx))
                .bind("now", Micros.of(now))
                .bind("id", id)
                .execute();
    }

    @Override
    public List<Mention> after(Tx tx, long changeSeq, int max) {
        return recent.after(changeSeq, newest(tx), max).orElseGet(() -> stored(tx, changeSeq, max));
    }

    private static List<Mention> stored(Tx tx, long changeSeq, int max) {
        return handle(tx)
                .createQuery("select * from mention where change_seq > :seq order by change_seq limit :max")
                .bind("seq", changeSeq)
                .bind("max", max)
                .map((row, context) -> mention(row))
                .list();
    }

    @Override
    public Optional<Mention> find(Tx tx, BranchId branch, String id) {
        return handle(tx)
                .createQuery("select * from mention where id = :id and branch = :branch")
                .bind("id", id)
                .bind("branch", branch.value())
                .map((row, context) -> mention(row))
                .findOne();
    }

    @Override
    public Set<String> unchanged(Tx tx, Collection<Mention> read) {
        Map<String, Long> numbers = read.stream().collect(Collectors.toMap(Mention::id, Mention::changeSeq, Math::max));
        Set<String> unchanged = new HashSet<>();
        handle(tx)
                .createQuery("select id, change_seq from mention where id in (select value from json_each(:ids))")
                .bind("ids", Json.write(List.copyOf(numbers.keySet())))
                .map((row, context) -> Map.entry(row.getString("id"), row.getLong("change_seq")))
                .forEach(row -> {
                    if (row.getValue().equals(numbers.get(row.getKey()))) {
                        unchanged.add(row.getKey());
                    }
                });
        return unchanged;
    }

    @Override
    public Optional<Mention> of(Tx tx, String sourceId, String nativeId) {
        return handle(tx)
                .createQuery("select * from mention where source_id = :source and native_id = :native")
                .bind("source", sourceId)
                .bind("native", nativeId)
                .map((row, context) -> mention(row))
                .findOne();
    }

    @Override
    public List<Mention> found(Tx tx, BranchId branch, Collection<String> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        return handle(tx)
                .createQuery("select * from mention where id in (<ids>) and branch = :branch and deleted_at is null")
                .bindList("ids", List.copyOf(ids))
                .bind("branch", branch.value())
                .map((row, context) -> mention(row))
                .list();
    }

    @Override
    public long newest(Tx tx) {
        return lastGiven(tx);
    }

    /** @return the last number of the log that was given out */
    static long lastGiven(Tx tx) {
        return handle(tx)
                .createQuery("select value from mention_seq where id = 1")
                .mapTo(Long.class)
                .one();
    }

    @Override
    public List<Mention> all(Tx tx, Collection<String> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        return handle(tx)
                .createQuery("select * from mention where id in (<ids>)")
                .bindList("ids", List.copyOf(ids))
                .map((row, context) -> mention(row))
                .list();
    }

    @Override
    public List<Mention> page(Tx tx, BranchId branch, @Nullable String sourceId, String after, int max) {
        Query query = handle(tx)
                .createQuery("select * from mention where branch = :branch and deleted_at is null"
                        + (sourceId == null ? "" : " and source_id = :source")
                        + (after.isEmpty() ? "" : " and id < :after")
                        + " order by id desc limit :max")
                .bind("branch", branch.value())
                .bind("max", max);
        if (sourceId != null) {
            query = query.bind("source", sourceId);
        }
        if (!after.isEmpty()) {
            query = query.bind("after", after);
        }
        return query.map((row, context) -> mention(row)).list();
    }

    @Override
    public int expire(Tx tx, Instant before, Instant now, int max) {
        List<String> old = handle(tx)
                .createQuery("select id from mention where heard_at < :before and deleted_at is null"
                        + " order by heard_at limit :max")
                .bind("before", Micros.of(before))
                .bind("max", max)
                .mapTo(String.class)
                .list();
        old.forEach(id -> empty(tx, id, now));
        return old.size();
    }

    @Override
    public boolean concealed(Tx tx, String sourceId) {
        return handle(tx)
                .createQuery("select exists(select 1 from mention where source_id = :source and native_id >= :first and"
                        + " native_id < :last)")
                .bind("source", sourceId)
                .bind("first", CONCEALED)
                .bind("last", CONCEALED.replace(':', ';'))
                .mapTo(Boolean.class)
                .one();
    }

    private record Bare(String id, String sourceId, String nativeId) {}

    @Override
    public int conceal(Tx tx, int max, BinaryOperator<String> name) {
        // As the partial index has it, or it is not used.
        List<Bare> bare = handle(tx)
                .createQuery("select id, source_id, native_id from mention where deleted_at is not null and"
                        + " substr(native_id, 1, 7) <> 'erased:' limit :max")
                .bind("max", max)
                .map((row, context) ->
                        new Bare(row.getString("id"), row.getString("source_id"), row.getString("native_id")))
                .list();
        for (Bare one : bare) {
            handle(tx)
                    .createUpdate("update mention set native_id = :name, language = null where id = :id")
                    .bind("name", name.apply(one.sourceId(), one.nativeId()))
                    .bind("id", one.id())
                    .execute();
        }
        return bare.size();
    }

    @Override
    public long seen(Tx tx, String reader) {
        return handle(tx)
                .createQuery("select seq from log_reader where reader = :reader")
                .bind("reader", reader)
                .mapTo(Long.class)
                .findOne()
                .orElse(0L);
    }

    @Override
    public boolean advance(Tx tx, String reader, long from, long to) {
        if (from == 0) {
            handle(tx)
                    .createUpdate("insert into log_reader (reader, seq) values (:reader, 0)"
                            + " on conflict (reader) do nothing")
                    .bind("reader", reader)
                    .execute();
        }
        return handle(tx)
                        .createUpdate("update log_reader set seq = :to where reader = :reader and seq = :from")
                        .bind("reader", reader)
                        .bind("from", from)
                        .bind("to", to)
                        .execute()
                == 1;
    }

    private static <S extends SqlStatement<S>> S bind(S statement, HeardItem item) {
        return statement
                .bind("kind", item.kind().name())
                .bind("author_name", item.author().name())
                .bind("author_handle", item.author().handle())
                .bind("author_url", item.author().url())
                .bind("title", item.title())
                .bind("body", item.text())
                .bind("language", item.language())
                .bind("url", item.url())
                .bind("tags", Json.write(item.tags()))
                .bind("mentioned", Json.write(item.mentioned()))
                .bind("links", Json.write(item.links()))
                .bind("about", item.about())
                .bind("media", item.media() ? 1 : 0)
                .bind("likes", item.counts().likes())
                .bind("reposts", item.counts().reposts())
                .bind("replies", item.counts().replies())
                .bind("followers", item.counts().followers());
    }

    private static Mention mention(ResultSet row) throws SQLException {
        HeardItem heard = new HeardItem(
                row.getString("native_id"),
                ItemKind.valueOf(row.getString("kind")),
                new Author(row.getString("author_name"), row.getString("author_handle"), row.getString("author_url")),
                row.getString("title"),
                row.getString("body"),
                row.getString("language"),
                row.getString("url"),
                Micros.getNullable(row, "published_at"),
                words(row, "tags"),
                words(row, "mentioned"),
                words(row, "links"),
                row.getString("about"),
                row.getInt("media") != 0,
                new Counts(
                        number(row, "likes"),
                        number(row, "reposts"),
                        number(row, "replies"),
                        number(row, "followers")));
        return new Mention(
                row.getString("id"),
                row.getLong("change_seq"),
                row.getLong("first_seq"),
                row.getLong("revision"),
                new BranchId(row.getString("branch")),
                row.getString("source_id"),
                heard,
                Micros.get(row, "heard_at"),
                row.getInt("history") != 0,
                Micros.getNullable(row, "deleted_at"));
    }

    private static List<String> words(ResultSet row, String column) throws SQLException {
        String json = row.getString(column);
        // Most items have none, and the log is read at every match.
        return "[]".equals(json) ? List.of() : Json.read(json, WORDS);
    }

    private static @Nullable Long number(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }
}
