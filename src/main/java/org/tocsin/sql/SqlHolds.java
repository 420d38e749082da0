package org.tocsin.sql;

import static org.tocsin.sql.SqlTx.handle;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;
import org.tocsin.mention.rights.Hold;
import org.tocsin.mention.rights.HoldRepository;

/** Legal holds in SQL, sealed. */
public final class SqlHolds implements HoldRepository {
    private final SecretBox box;

    /** @param box seals what is kept */
    public SqlHolds(SecretBox box) {
        this.box = box;
    }

    private static String place(String id) {
        return "hold.sealed." + id;
    }

    @Override
    public void insert(Tx tx, Hold hold, String evidence) {
        handle(tx)
                .createUpdate("insert into hold (id, branch, mention_id, story_id, reason, placed_by, placed_at,"
                        + " ends_at, sealed, version) values (:id, :branch, :mention, :story, :reason, :by, :placed,"
                        + " :ends, :sealed, 1)")
                .bind("id", hold.id())
                .bind("branch", hold.branch().value())
                .bind("mention", hold.mentionId())
                .bind("story", hold.storyId())
                .bind("reason", hold.reason())
                .bind("by", hold.placedBy())
                .bind("placed", Micros.of(hold.placedAt()))
                .bind("ends", Micros.of(hold.endsAt()))
                .bind("sealed", box.seal(place(hold.id()), evidence))
                .execute();
    }

    @Override
    public Optional<Hold> find(Tx tx, BranchId branch, String id) {
        return handle(tx)
                .createQuery("select * from hold where id = :id and branch = :branch")
                .bind("id", id)
                .bind("branch", branch.value())
                .map((row, context) -> hold(row))
                .findOne();
    }

    @Override
    public Optional<String> evidence(Tx tx, BranchId branch, String id) {
        return handle(tx)
                .createQuery("select sealed from hold where id = :id and branch = :branch and sealed <> ''")
                .bind("id", id)
                .bind("branch", branch.value())
                .mapTo(String.class)
                .findOne()
                .map(kept -> box.open(place(id), kept));
    }

    @Override
    public List<Hold> page(Tx tx, BranchId branch, String after, int max) {
        return handle(tx)
                .createQuery("select * from hold where branch = :branch and (:after = '' or id < :after)"
                        + " order by id desc limit :max")
                .bind("branch", branch.value())
                .bind("after", after)
                .bind("max", max)
                .map((row, context) -> hold(row))
                .list();
    }

    @Override
    public List<Hold> over(Tx tx, Instant now, int max) {
        return handle(tx)
                .createQuery(
                        "select * from hold where ends_at <= :now and ended_at is null order by ends_at limit :max")
                .bind("now", Micros.of(now))
                .bind("max", max)
                .map((row, context) -> hold(row))
                .list();
    }

    @Override
    public boolean end(Tx tx, Hold hold, Instant now) {
        return handle(tx)
                        .createUpdate("update hold set sealed = '', ended_at = :now, version = version + 1"
                                + " where id = :id and ended_at is null")
                        .bind("now", Micros.of(now))
                        .bind("id", hold.id())
                        .execute()
                == 1;
    }

    @Override
    public List<String> ofStory(Tx tx, BranchId branch, String storyId, int max) {
        return handle(tx)
                .createQuery("select distinct mention_id from watch_hit where branch = :branch and story_id = :story"
                        + " order by mention_id limit :max")
                .bind("branch", branch.value())
                .bind("story", storyId)
                .bind("max", max)
                .mapTo(String.class)
                .list();
    }

    @Override
    public List<String> watches(Tx tx, String mentionId) {
        return handle(tx)
                .createQuery("select watch_id from watch_hit where mention_id = :mention order by watch_id")
                .bind("mention", mentionId)
                .mapTo(String.class)
                .list();
    }

    private static Hold hold(ResultSet row) throws SQLException {
        return new Hold(
                row.getString("id"),
                new BranchId(row.getString("branch")),
                row.getString("mention_id"),
                row.getString("story_id"),
                row.getString("reason"),
                row.getString("placed_by"),
                Micros.get(row, "placed_at"),
                Micros.get(row, "ends_at"),
                Micros.getNullable(row, "ended_at"),
                row.getLong("version"));
    }
}
