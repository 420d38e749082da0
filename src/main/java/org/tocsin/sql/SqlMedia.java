package org.tocsin.sql;

import static org.tocsin.sql.SqlTx.handle;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;
import org.tocsin.media.Media;
import org.tocsin.media.MediaRepository;
import org.tocsin.media.MediaType;

/** Images in SQL. */
public final class SqlMedia implements MediaRepository {
    @Override
    public void save(Tx tx, Media media) {
        handle(tx)
                .createUpdate(
                        "insert into media (id, branch, type, label, width, height, bytes, sha256, animated, created_at)"
                                + " values (:id, :branch, :type, :label, :width, :height, :bytes, :sha256, :animated, :createdAt)")
                .bind("id", media.id())
                .bind("branch", media.branch().value())
                .bind("type", media.type().name())
                .bind("label", media.label())
                .bind("width", media.width())
                .bind("height", media.height())
                .bind("bytes", media.bytes())
                .bind("sha256", media.sha256())
                .bind("animated", media.animated() ? 1 : 0)
                .bind("createdAt", Micros.of(media.createdAt()))
                .execute();
    }

    @Override
    public Optional<Media> find(Tx tx, BranchId branch, String id) {
        return handle(tx)
                .createQuery("select * from media where id = :id and branch = :branch")
                .bind("id", id)
                .bind("branch", branch.value())
                .map((row, context) -> media(row))
                .findOne();
    }

    @Override
    public List<Media> orphans(Tx tx, Instant before, int max) {
        return handle(tx)
                .createQuery("select * from media m where created_at < :before and not exists"
                        + " (select 1 from post_media p where p.media_id = m.id)"
                        + " and not exists (select 1 from draft_media d where d.media_id = m.id)"
                        + " and not exists (select 1 from newsletter n where n.texts like '%' || m.id || '%')"
                        + " order by created_at limit :max")
                .bind("before", Micros.of(before))
                .bind("max", max)
                .map((row, context) -> media(row))
                .list();
    }

    @Override
    public boolean removeUnused(Tx tx, String id) {
        return handle(tx)
                        .createUpdate("delete from media where id = :id"
                                + " and not exists (select 1 from post_media p where p.media_id = :id)"
                                + " and not exists (select 1 from draft_media d where d.media_id = :id)"
                                + " and not exists (select 1 from newsletter n where n.texts like '%' || :id || '%')")
                        .bind("id", id)
                        .execute()
                == 1;
    }

    @Override
    public boolean stored(Tx tx, String sha256) {
        return handle(tx)
                .createQuery("select 1 from media where sha256 = :sha256 limit 1")
                .bind("sha256", sha256)
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    private static Media media(ResultSet row) throws SQLException {
        return new Media(
                row.getString("id"),
                new BranchId(row.getString("branch")),
                MediaType.valueOf(row.getString("type")),
                row.getString("label"),
                row.getInt("width"),
                row.getInt("height"),
                row.getLong("bytes"),
                row.getString("sha256"),
                row.getInt("animated") == 1,
                Micros.get(row, "created_at"));
    }
}
