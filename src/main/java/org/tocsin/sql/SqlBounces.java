package org.tocsin.sql;

import static org.tocsin.sql.SqlTx.handle;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;
import org.tocsin.base.Ids;
import org.tocsin.base.Tx;
import org.tocsin.newsletter.Bounce;
import org.tocsin.newsletter.BounceRepository;
import org.tocsin.subscriber.Subscriber.Reach;

/** Letters that came back, in SQL. */
public final class SqlBounces implements BounceRepository {
    /** After every id. */
    private static final String LAST = "~";

    /** The newsletter of a mail about a sign-up. */
    private static final String NONE = "";

    private final Ids ids;

    public SqlBounces(Ids ids) {
        this.ids = ids;
    }

    @Override
    public void add(Tx tx, Of letter, Bounce.Kind kind, String status, Bounce.Done done, Instant at) {
        handle(tx)
                .createUpdate("insert into bounce (id, branch, newsletter_id, send_id, subscriber_id, reach, at, kind,"
                        + " status, done) select :id, :branch, :newsletter, :send, case when :subscriber like 'gone-%'"
                        + " then null else :subscriber end, :reach, :at, :kind, :status, :done where true on conflict"
                        + " (send_id, kind) do nothing")
                .bind("id", ids.next())
                .bind("branch", letter.branch().value())
                .bind("newsletter", Objects.requireNonNullElse(letter.newsletterId(), NONE))
                .bind("send", letter.rowId())
                .bind("subscriber", letter.subscriberId())
                .bind("reach", letter.reach().name())
                .bind("at", Micros.of(at))
                .bind("kind", kind.name())
                .bind("status", status)
                .bind("done", done.name())
                .execute();
    }

    @Override
    public void givenBack(Tx tx, String sendId) {
        handle(tx).execute("update bounce set done = 'PAUSED' where send_id = ? and done = 'STRUCK'", sendId);
    }

    @Override
    public List<Bounce> page(Tx tx, BranchId branch, @Nullable String newsletterId, String after, int max) {
        Query query = handle(tx)
                .createQuery("select * from bounce where branch = :branch"
                        + (newsletterId == null ? "" : " and newsletter_id = :newsletter")
                        + " and id < :after order by id desc limit :max")
                .bind("branch", branch.value())
                .bind("after", after.isEmpty() ? LAST : after)
                .bind("max", max);
        if (newsletterId != null) {
            query.bind("newsletter", newsletterId);
        }
        return query.map((row, context) -> bounce(row)).list();
    }

    private static Bounce bounce(ResultSet row) throws SQLException {
        String newsletter = row.getString("newsletter_id");
        return new Bounce(
                row.getString("id"),
                new BranchId(row.getString("branch")),
                newsletter.equals(NONE) ? null : newsletter,
                row.getString("send_id"),
                row.getString("subscriber_id"),
                Reach.valueOf(row.getString("reach")),
                Micros.get(row, "at"),
                Bounce.Kind.valueOf(row.getString("kind")),
                row.getString("status"),
                Bounce.Done.valueOf(row.getString("done")));
    }

    @Override
    public void forget(Tx tx, String subscriberId) {
        handle(tx).execute("update bounce set subscriber_id = null where subscriber_id = ?", subscriberId);
    }
}
