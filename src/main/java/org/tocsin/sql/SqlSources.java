package org.tocsin.sql;

import static org.tocsin.sql.SqlTx.handle;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;
import org.tocsin.mention.Gap;
import org.tocsin.mention.SetAside;
import org.tocsin.mention.Source;
import org.tocsin.mention.SourceRepository;
import org.tocsin.mention.SourceState;

/** Sources in SQL. */
public final class SqlSources implements SourceRepository {
    private static final int GAPS = 100;
    private static final String READ = " state in ('LISTENING', 'HELD') and type in (<types>)";

    @Override
    public void insert(Tx tx, Source source) {
        bind(
                        handle(tx)
                                .createUpdate(
                                        "insert into source (id, branch, type, name, url, channel_id, query, ceiling_micro_usd, state,"
                                                + " cursor_value, attempts, reason, next_at, last_success_at, last_heard_at,"
                                                + " churn, created_at, version) values (:id, :branch, :type, :name, :url,"
                                                + " :channel, :query, :ceiling, :state, :cursor, :attempts, :reason, :next, :success, :heard,"
                                                + " :churn, :created, :version)"),
                        source)
                .execute();
    }

    @Override
    public boolean save(Tx tx, Source before, Source after) {
        // A reading does not count as a change of people: the time of the next one tells the two rows apart as well.
        return bind(
                                handle(tx)
                                        .createUpdate(
                                                "update source set name = :name, url = :url, query = :query, ceiling_micro_usd = :ceiling, state = :state,"
                                                        + " cursor_value = :cursor, attempts = :attempts, reason = :reason,"
                                                        + " next_at = :next, last_success_at = :success, last_heard_at ="
                                                        + " :heard, churn = :churn, version = :version where id = :id and"
                                                        + " version = :seen and next_at = :seen_next and attempts ="
                                                        + " :seen_attempts"),
                                after)
                        .bind("seen", before.version())
                        .bind("seen_next", Micros.of(before.nextAt()))
                        .bind("seen_attempts", before.attempts())
                        .execute()
                == 1;
    }

    @Override
    public void restored(Tx tx, Instant at) {
        handle(tx)
                .createUpdate("insert into meta (name, value) values ('restored', :at) on conflict (name) do update set"
                        + " value = :at")
                .bind("at", String.valueOf(Micros.of(at)))
                .execute();
    }

    @Override
    public boolean any(Tx tx) {
        return handle(tx)
                .createQuery("select 1 from source limit 1")
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    @Override
    public Optional<Instant> restoredAt(Tx tx) {
        return handle(tx)
                .createQuery("select value from meta where name = 'restored'")
                .mapTo(String.class)
                .findOne()
                .map(value -> Micros.instant(Long.parseLong(value)));
    }

    @Override
    public Optional<Source> find(Tx tx, String id) {
        return handle(tx)
                .createQuery("select * from source where id = :id")
                .bind("id", id)
                .map((row, context) -> source(row))
                .findOne();
    }

    @Override
    public Optional<Source> find(Tx tx, BranchId branch, String id) {
        return find(tx, id).filter(source -> source.branch().equals(branch));
    }

    @Override
    public Optional<Source> same(Tx tx, Source source) {
        return handle(tx)
                .createQuery("select * from source where branch = :branch and type = :type and coalesce(url, '') = :url"
                        + " and coalesce(channel_id, '') = :channel and coalesce(query, '') = :query"
                        + " order by created_at limit 1")
                .bind("branch", source.branch().value())
                .bind("type", source.type())
                .bind("url", source.url() == null ? "" : source.url())
                .bind("channel", source.channelId() == null ? "" : source.channelId())
                .bind("query", source.query() == null ? "" : source.query())
                .map((row, context) -> source(row))
                .findOne();
    }

    @Override
    public void moved(Tx tx, Source source, String former) {
        handle(tx)
                .createUpdate(
                        "insert into source_former (source_id, url) values (:source, :url) on conflict do nothing")
                .bind("source", source.id())
                .bind("url", former)
                .execute();
    }

    @Override
    public Optional<Source> formerly(Tx tx, Source source) {
        if (source.url() == null) {
            return Optional.empty();
        }
        return handle(tx)
                .createQuery("select source.* from source_former join source on source.id = source_former.source_id"
                        + " where source_former.url = :url and branch = :branch and type = :type and state <> 'REMOVED'"
                        + " order by created_at limit 1")
                .bind("url", source.url())
                .bind("branch", source.branch().value())
                .bind("type", source.type())
                .map((row, context) -> source(row))
                .findOne();
    }

    @Override
    public List<Source> all(Tx tx, BranchId branch) {
        return handle(tx)
                .createQuery("select * from source where branch = :branch and state <> 'REMOVED' order by name, id")
                .bind("branch", branch.value())
                .map((row, context) -> source(row))
                .list();
    }

    @Override
    public List<Source> due(Tx tx, Instant now, Set<String> types, Set<String> except, int max) {
        Query query = handle(tx)
                .createQuery("select * from source where" + READ + " and next_at <= :now" + but(except)
                        + " order by next_at, id limit :max")
                .bind("now", Micros.of(now))
                .bind("max", max);
        return bound(query, types, except).map((row, context) -> source(row)).list();
    }

    @Override
    public List<Source> listening(Tx tx, String type) {
        return handle(tx)
                .createQuery("select * from source where state in ('LISTENING', 'HELD') and type = :type order by id")
                .bind("type", type)
                .map((row, context) -> source(row))
                .list();
    }

    @Override
    public Optional<Instant> nextAt(Tx tx, Set<String> types, Set<String> except) {
        Query query = handle(tx)
                .createQuery("select next_at from source where" + READ + but(except) + " order by next_at limit 1");
        return bound(query, types, except).mapTo(Long.class).findOne().map(Micros::instant);
    }

    /** One parameter for all: of those a statement may have only so many. */
    private static String but(Set<String> ids) {
        return ids.isEmpty() ? "" : " and id not in (select value from json_each(:except))";
    }

    private static Query bound(Query query, Set<String> types, Set<String> ids) {
        Query typed = query.bindList("types", List.copyOf(types));
        return ids.isEmpty() ? typed : typed.bind("except", Json.write(List.copyOf(ids)));
    }

    @Override
    public long spent(Tx tx, String sourceId, YearMonth month) {
        return handle(tx)
                .createQuery("select micro_usd from source_spend where source_id = :id and month = :month")
                .bind("id", sourceId)
                .bind("month", month.toString())
                .mapTo(Long.class)
                .findOne()
                .orElse(0L);
    }

    @Override
    public void spend(Tx tx, String sourceId, YearMonth month, long microUsd) {
        handle(tx)
                .createUpdate("insert into source_spend (source_id, month, micro_usd) values (:id, :month, :amount)"
                        + " on conflict (source_id, month) do update set micro_usd = source_spend.micro_usd + :amount")
                .bind("id", sourceId)
                .bind("month", month.toString())
                .bind("amount", microUsd)
                .execute();
    }

    @Override
    public void gap(Tx tx, Gap gap) {
        handle(tx)
                .createUpdate("insert into source_gap (source_id, from_at, to_at) values (:source, :from, :to)"
                        + " on conflict (source_id, from_at) do update set to_at = :to")
                .bind("source", gap.sourceId())
                .bind("from", Micros.of(gap.from()))
                .bind("to", Micros.of(gap.to()))
                .execute();
    }

    @Override
    public List<Gap> gaps(Tx tx, String sourceId) {
        return handle(tx)
                .createQuery("select * from source_gap where source_id = :source order by from_at desc limit :max")
                .bind("source", sourceId)
                .bind("max", GAPS)
                .map((row, context) ->
                        new Gap(row.getString("source_id"), Micros.get(row, "from_at"), Micros.get(row, "to_at")))
                .list();
    }

    @Override
    public void setAside(Tx tx, List<SetAside> aside) {
        for (SetAside one : aside) {
            handle(tx)
                    .createUpdate("insert into set_aside (mention_id, step, source_id, branch, reason, at) values"
                            + " (:mention, :step, :source, :branch, :reason, :at) on conflict (mention_id, step) do"
                            + " update set reason = :reason, at = :at")
                    .bind("mention", one.mentionId())
                    .bind("step", one.step().name())
                    .bind("source", one.sourceId())
                    .bind("branch", one.branch().value())
                    .bind("reason", one.reason())
                    .bind("at", Micros.of(one.at()))
                    .execute();
        }
    }

    @Override
    public void readAgain(Tx tx, Collection<String> mentionIds) {
        if (!mentionIds.isEmpty()) {
            handle(tx)
                    .createUpdate("delete from set_aside where mention_id in (<ids>)")
                    .bindList("ids", List.copyOf(mentionIds))
                    .execute();
        }
    }

    @Override
    public List<SetAside> aside(Tx tx, String sourceId, int max) {
        return handle(tx)
                .createQuery("select * from set_aside where source_id = :source order by at desc, mention_id, step"
                        + " limit :max")
                .bind("source", sourceId)
                .bind("max", max)
                .map((row, context) -> new SetAside(
                        row.getString("mention_id"),
                        row.getString("source_id"),
                        new BranchId(row.getString("branch")),
                        SetAside.Step.valueOf(row.getString("step")),
                        row.getString("reason"),
                        Micros.get(row, "at")))
                .list();
    }

    @Override
    public long aside(Tx tx) {
        return handle(tx)
                .createQuery("select count(distinct mention_id) from set_aside")
                .mapTo(Long.class)
                .one();
    }

    @Override
    public boolean isAside(Tx tx, String mentionId) {
        return handle(tx)
                .createQuery("select exists(select 1 from set_aside where mention_id = :mention and step = 'MATCH')")
                .bind("mention", mentionId)
                .mapTo(Boolean.class)
                .one();
    }

    @Override
    public int retry(Tx tx, int max) {
        List<String> ids = handle(tx)
                .createQuery("select distinct mention_id from set_aside order by mention_id limit :max")
                .bind("max", max)
                .mapTo(String.class)
                .list();
        for (String id : ids) {
            handle(tx)
                    .createUpdate("update mention set change_seq = :seq where id = :id")
                    .bind("seq", SqlMentions.next(tx))
                    .bind("id", id)
                    .execute();
        }
        readAgain(tx, ids);
        return ids.size();
    }

    private static <S extends SqlStatement<S>> S bind(S statement, Source source) {
        return statement
                .bind("id", source.id())
                .bind("branch", source.branch().value())
                .bind("type", source.type())
                .bind("name", source.name())
                .bind("url", source.url())
                .bind("channel", source.channelId())
                .bind("query", source.query())
                .bind("ceiling", source.ceiling())
                .bind("state", source.state().name())
                .bind("cursor", source.cursor())
                .bind("attempts", source.attempts())
                .bind("reason", Json.writeOrNull(source.reason()))
                .bind("next", Micros.of(source.nextAt()))
                .bind("success", Micros.ofNullable(source.lastSuccessAt()))
                .bind("heard", Micros.ofNullable(source.lastHeardAt()))
                .bind("churn", source.churn())
                .bind("created", Micros.of(source.createdAt()))
                .bind("version", source.version());
    }

    private static @Nullable Long ceiling(ResultSet row) throws SQLException {
        long value = row.getLong("ceiling_micro_usd");
        return row.wasNull() ? null : value;
    }

    private static Source source(ResultSet row) throws SQLException {
        return new Source(
                row.getString("id"),
                new BranchId(row.getString("branch")),
                row.getString("type"),
                row.getString("name"),
                row.getString("url"),
                row.getString("channel_id"),
                row.getString("query"),
                ceiling(row),
                SourceState.valueOf(row.getString("state")),
                row.getString("cursor_value"),
                row.getInt("attempts"),
                Json.message(row.getString("reason")),
                Micros.get(row, "next_at"),
                Micros.getNullable(row, "last_success_at"),
                Micros.getNullable(row, "last_heard_at"),
                row.getInt("churn"),
                Micros.get(row, "created_at"),
                row.getLong("version"));
    }
}
