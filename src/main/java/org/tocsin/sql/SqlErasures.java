package org.tocsin.sql;

import static org.tocsin.sql.SqlTx.handle;

import com.fasterxml.jackson.core.type.TypeReference;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;
import org.tocsin.mention.Author;
import org.tocsin.mention.rights.Erasure;
import org.tocsin.mention.rights.ErasureLog;
import org.tocsin.mention.rights.ErasureRepository;
import org.tocsin.mention.rights.Subject;
import org.tocsin.watch.keeping.StoryNames;

/** Erasures and the list of those who object, in SQL. */
public final class SqlErasures implements ErasureRepository {
    /** What {@link #written(ResultSet)} reads. */
    static final String WRITTEN = "id, source_id, native_id, author_name, author_handle, author_url, mentioned";

    /** Stories of the mentions {@code <ids>} that nobody else tells. */
    private static final String HIS_ALONE =
            "(story_id in (select story_id from watch_hit where mention_id in (<ids>)) or story_id in (<ids>))"
                    + " and not exists (select 1 from watch_hit h join mention m on m.id = h.mention_id"
                    + " where h.story_id = STORY.story_id and m.deleted_at is null and h.mention_id not in (<ids>))";

    private static final TypeReference<List<String>> WORDS = new TypeReference<>() {};

    @Override
    public boolean insert(Tx tx, Erasure erasure) {
        return handle(tx)
                        .createUpdate("insert into erasure (id, branch, author_key, until_at, asked_by, state, reached,"
                                + " erased, seq, version) values (:id, :branch, :key, :until, :by, :state, :reached,"
                                + " :erased, :seq, :version) on conflict (id) do nothing")
                        .bind("id", erasure.id())
                        .bind("branch", erasure.branch().value())
                        .bind("key", erasure.authorKey())
                        .bind("until", Micros.of(erasure.until()))
                        .bind("by", erasure.askedBy())
                        .bind("state", erasure.state().name())
                        .bind("reached", erasure.reached())
                        .bind("erased", erasure.erased())
                        .bind("seq", erasure.seq())
                        .bind("version", erasure.version())
                        .execute()
                == 1;
    }

    @Override
    public boolean save(Tx tx, Erasure erasure) {
        return handle(tx)
                        .createUpdate("update erasure set state = :state, reached = :reached, erased = :erased,"
                                + " seq = :seq, done_at = :done, version = version + 1"
                                + " where id = :id and version = :version")
                        .bind("state", erasure.state().name())
                        .bind("reached", erasure.reached())
                        .bind("erased", erasure.erased())
                        .bind("seq", erasure.seq())
                        .bind("done", Micros.ofNullable(erasure.doneAt()))
                        .bind("id", erasure.id())
                        .bind("version", erasure.version())
                        .execute()
                == 1;
    }

    @Override
    public Optional<Erasure> find(Tx tx, String id) {
        return handle(tx)
                .createQuery("select * from erasure where id = :id")
                .bind("id", id)
                .map((row, context) -> erasure(row))
                .findOne();
    }

    @Override
    public List<Erasure> open(Tx tx) {
        return handle(tx)
                .createQuery("select * from erasure where state in ('ERASING', 'CLEANING') order by id")
                .map((row, context) -> erasure(row))
                .list();
    }

    @Override
    public List<Erasure> page(Tx tx, BranchId branch, String after, int max) {
        return handle(tx)
                .createQuery("select * from erasure where branch = :branch and (:after = '' or id < :after)"
                        + " order by id desc limit :max")
                .bind("branch", branch.value())
                .bind("after", after)
                .bind("max", max)
                .map((row, context) -> erasure(row))
                .list();
    }

    @Override
    public List<Erasure> all(Tx tx) {
        return handle(tx)
                .createQuery("select * from erasure order by id")
                .map((row, context) -> erasure(row))
                .list();
    }

    @Override
    public List<Written> written(Tx tx, BranchId branch, String after, Instant until, int max) {
        return handle(tx)
                .createQuery("select " + WRITTEN
                        + " from mention where branch = :branch and id > :after and deleted_at is null and"
                        + " heard_at <= :until order by id limit :max")
                .bind("branch", branch.value())
                .bind("after", after)
                .bind("until", Micros.of(until))
                .bind("max", max)
                .map((row, context) -> written(row))
                .list();
    }

    static Written written(ResultSet row) throws SQLException {
        return new Written(
                row.getString("id"),
                row.getString("source_id"),
                row.getString("native_id"),
                new Author(row.getString("author_name"), row.getString("author_handle"), row.getString("author_url")),
                Json.read(row.getString("mentioned"), WORDS));
    }

    @Override
    public List<WrittenBy> writtenBy(Tx tx, BranchId branch, Subject subject, Instant until) {
        return AuthorSearch.writtenBy(tx, branch, subject, until);
    }

    @Override
    public List<Written> naming(Tx tx, BranchId branch, String handle, Instant until, int max) {
        return AuthorSearch.naming(tx, branch, handle, until, max);
    }

    @Override
    public void erase(Tx tx, Map<String, String> natives, Instant now) {
        if (natives.isEmpty()) {
            return;
        }
        List<String> ids = List.copyOf(natives.keySet());
        List<String> names = names(tx, ids);
        natives.forEach((id, name) -> {
            SqlMentions.empty(tx, id, now);
            handle(tx)
                    .createUpdate("update mention set native_id = :name, language = null where id = :id")
                    .bind("name", name)
                    .bind("id", id)
                    .execute();
            // The answer to who entered it by hand is kept for some days, with its words.
            handle(tx)
                    .createUpdate("update request_key set response = '{}' where request = 'POST /api/v1/mentions' and"
                            + " response like :mark")
                    .bind("mark", "%" + id + "%")
                    .execute();
        });
        // By what a story is known holds hashes and codes of the words. One that others tell as well goes on, without
        // the names that are his alone: were it forgotten, the next of them would ring once more.
        handle(tx)
                .createUpdate("delete from story_key where (" + HIS_ALONE.replace("STORY", "story_key")
                        + ") or name in (<names>)")
                .bindList("ids", ids)
                .bindList("names", names)
                .execute();
        handle(tx)
                .createUpdate("delete from story_like where " + HIS_ALONE.replace("STORY", "story_like"))
                .bindList("ids", ids)
                .execute();
        handle(tx)
                .createUpdate("delete from watch_hit where mention_id in (<ids>)")
                .bindList("ids", ids)
                .execute();
    }

    /** By what the mentions themselves are known: their ids, and the addresses at which they stand. */
    private static List<String> names(Tx tx, List<String> ids) {
        List<String> names = new ArrayList<>();
        ids.forEach(id -> names.add("mention:" + id));
        handle(tx)
                .createQuery("select url from mention where id in (<ids>) and url is not null")
                .bindList("ids", ids)
                .mapTo(String.class)
                .forEach(url -> StoryNames.at(url).ifPresent(names::add));
        return names;
    }

    @Override
    public boolean any(Tx tx) {
        return handle(tx)
                .createQuery("select exists(select 1 from erasure) or exists(select 1 from opt_out)")
                .mapTo(Boolean.class)
                .one();
    }

    @Override
    public boolean add(Tx tx, BranchId branch, OptOut optOut) {
        return handle(tx)
                        .createUpdate("insert into opt_out (branch, author_key, since, added_by) values (:branch, :key,"
                                + " :since, :by) on conflict (branch, author_key) do nothing")
                        .bind("branch", branch.value())
                        .bind("key", optOut.authorKey())
                        .bind("since", Micros.of(optOut.since()))
                        .bind("by", optOut.addedBy())
                        .execute()
                == 1;
    }

    @Override
    public boolean remove(Tx tx, BranchId branch, String authorKey) {
        return handle(tx)
                        .createUpdate("delete from opt_out where branch = :branch and author_key = :key")
                        .bind("branch", branch.value())
                        .bind("key", authorKey)
                        .execute()
                == 1;
    }

    @Override
    public void agreed(Tx tx, ErasureLog.Line line) {
        handle(tx)
                .createUpdate("insert into opt_in (id, branch, author_key, at) values (:id, :branch, :key, :at)")
                .bind("id", line.id())
                .bind("branch", line.branch().value())
                .bind("key", line.authorKey())
                .bind("at", Micros.of(line.at()))
                .execute();
    }

    @Override
    public List<ErasureLog.Line> agreed(Tx tx) {
        return handle(tx)
                .createQuery("select * from opt_in order by id")
                .map((row, context) -> new ErasureLog.Line(
                        ErasureLog.What.AGREE,
                        row.getString("id"),
                        new BranchId(row.getString("branch")),
                        row.getString("author_key"),
                        Micros.get(row, "at")))
                .list();
    }

    @Override
    public void said(Tx tx, String id) {
        handle(tx).execute("delete from opt_in where id = ?", id);
    }

    @Override
    public Set<String> objecting(Tx tx, BranchId branch, Collection<String> keys) {
        if (keys.isEmpty()) {
            return Set.of();
        }
        return new HashSet<>(handle(tx)
                .createQuery("select author_key from opt_out where branch = :branch and author_key in (<keys>)")
                .bind("branch", branch.value())
                .bindList("keys", List.copyOf(keys))
                .mapTo(String.class)
                .list());
    }

    @Override
    public List<OptOut> optOuts(Tx tx, BranchId branch) {
        return handle(tx)
                .createQuery("select * from opt_out where branch = :branch order by since desc, author_key")
                .bind("branch", branch.value())
                .map((row, context) ->
                        new OptOut(row.getString("author_key"), Micros.get(row, "since"), row.getString("added_by")))
                .list();
    }

    @Override
    public List<BranchId> objected(Tx tx) {
        return handle(tx)
                .createQuery("select distinct branch from opt_out")
                .map((row, context) -> new BranchId(row.getString("branch")))
                .list();
    }

    private static Erasure erasure(ResultSet row) throws SQLException {
        return new Erasure(
                row.getString("id"),
                new BranchId(row.getString("branch")),
                row.getString("author_key"),
                Micros.get(row, "until_at"),
                row.getString("asked_by"),
                Erasure.State.valueOf(row.getString("state")),
                row.getString("reached"),
                row.getLong("erased"),
                row.getLong("seq"),
                Micros.getNullable(row, "done_at"),
                row.getLong("version"));
    }
}
