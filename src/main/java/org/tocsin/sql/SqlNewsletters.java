package org.tocsin.sql;

import static org.tocsin.sql.SqlTx.handle;

import com.fasterxml.jackson.core.type.TypeReference;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.statement.SqlStatement;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;
import org.tocsin.base.UserId;
import org.tocsin.newsletter.Newsletter;
import org.tocsin.newsletter.NewsletterRepository;
import org.tocsin.subscriber.Segment;

/** Newsletters in SQL. */
public final class SqlNewsletters implements NewsletterRepository {
    private static final TypeReference<Map<String, Newsletter.Text>> TEXTS = new TypeReference<>() {};

    @Override
    public void insert(Tx tx, Newsletter newsletter) {
        bind(
                        handle(tx)
                                .createUpdate(
                                        "insert into newsletter (id, branch, state, main_language, texts, segment,"
                                                + " send_at, zone, also_post, reason, prepared, checkpoint, created_by,"
                                                + " created_at, started_at, ended_at, version) values (:id, :branch, :state,"
                                                + " :main, :texts, :segment, :at, :zone, :post, :reason, :prepared,"
                                                + " :checkpoint, :by, :created, :started, :ended, :version)"),
                        newsletter)
                .bind("branch", newsletter.branch().value())
                .bind("by", newsletter.by().value())
                .bind("created", Micros.of(newsletter.createdAt()))
                .execute();
    }

    @Override
    public boolean save(Tx tx, Newsletter newsletter) {
        return bind(
                                handle(tx)
                                        .createUpdate("update newsletter set state = :state, main_language = :main,"
                                                + " texts = :texts, segment = :segment, send_at = :at, zone = :zone,"
                                                + " also_post = :post, reason = :reason, prepared = :prepared,"
                                                + " checkpoint = :checkpoint, started_at = :started, ended_at ="
                                                + " :ended, version = :version where id = :id and version = :seen"),
                                newsletter)
                        .bind("seen", newsletter.version() - 1)
                        .execute()
                == 1;
    }

    private static <S extends SqlStatement<S>> S bind(S statement, Newsletter newsletter) {
        return statement
                .bind("id", newsletter.id())
                .bind("state", newsletter.state().name())
                .bind("main", newsletter.mainLanguage())
                .bind("texts", Json.write(newsletter.texts()))
                .bind("segment", Json.write(newsletter.segment()))
                .bind("at", Micros.ofNullable(newsletter.at()))
                .bind("zone", newsletter.zone())
                .bind("post", newsletter.alsoPost() ? 1 : 0)
                .bind("reason", Json.writeOrNull(newsletter.reason()))
                .bind("prepared", newsletter.prepared() ? 1 : 0)
                .bind("checkpoint", newsletter.checkpoint())
                .bind("started", Micros.ofNullable(newsletter.startedAt()))
                .bind("ended", Micros.ofNullable(newsletter.endedAt()))
                .bind("version", newsletter.version());
    }

    @Override
    public void remove(Tx tx, String id) {
        handle(tx).execute("delete from newsletter where id = ? and state = 'DRAFT'", id);
    }

    @Override
    public Optional<Newsletter> find(Tx tx, String id) {
        return handle(tx)
                .createQuery("select * from newsletter where id = :id")
                .bind("id", id)
                .map((row, context) -> newsletter(row))
                .findOne();
    }

    @Override
    public List<Newsletter> page(Tx tx, BranchId branch, String after, int max) {
        return handle(tx)
                .createQuery("select * from newsletter where branch = :branch and (:after = '' or id < :after)"
                        + " order by id desc limit :max")
                .bind("branch", branch.value())
                .bind("after", after)
                .bind("max", max)
                .map((row, context) -> newsletter(row))
                .list();
    }

    @Override
    public List<Newsletter> active(Tx tx, Instant now) {
        return handle(tx)
                .createQuery("select * from newsletter where state = 'SENDING' or (state = 'SCHEDULED' and send_at <="
                        + " :now) order by id")
                .bind("now", now.equals(Instant.MAX) ? Long.MAX_VALUE : Micros.of(now))
                .map((row, context) -> newsletter(row))
                .list();
    }

    @Override
    public Optional<Instant> nextAt(Tx tx) {
        return handle(tx)
                .createQuery("select send_at from newsletter where state = 'SCHEDULED' order by send_at limit 1")
                .mapTo(Long.class)
                .findOne()
                .map(Micros::instant);
    }

    private static Newsletter newsletter(ResultSet row) throws SQLException {
        return new Newsletter(
                row.getString("id"),
                new BranchId(row.getString("branch")),
                Newsletter.State.valueOf(row.getString("state")),
                row.getString("main_language"),
                Json.read(row.getString("texts"), TEXTS),
                Json.read(row.getString("segment"), Segment.class),
                Micros.getNullable(row, "send_at"),
                row.getString("zone"),
                row.getInt("also_post") != 0,
                Json.message(row.getString("reason")),
                row.getInt("prepared") != 0,
                row.getString("checkpoint"),
                new UserId(row.getString("created_by")),
                Micros.get(row, "created_at"),
                Micros.getNullable(row, "started_at"),
                Micros.getNullable(row, "ended_at"),
                row.getLong("version"));
    }
}
