package org.tocsin.sql;

import static org.tocsin.sql.SqlTx.handle;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;
import org.tocsin.base.UserId;
import org.tocsin.publishing.DraftRepository;
import org.tocsin.publishing.KeptDraft;

/** Drafts in SQL. */
public final class SqlDrafts implements DraftRepository {
    @Override
    public Optional<KeptDraft> find(Tx tx, BranchId branch, String id) {
        return handle(tx)
                .createQuery("select * from draft where id = :id and branch = :branch")
                .bind("id", id)
                .bind("branch", branch.value())
                .map((row, context) -> draft(row))
                .findOne();
    }

    @Override
    public boolean insert(Tx tx, KeptDraft draft) {
        boolean fresh = handle(tx)
                        .createUpdate(
                                "insert into draft (id, branch, content, form, changed_by, created_at, changed_at, version)"
                                        + " values (:id, :branch, :content, :form, :changedBy, :createdAt, :changedAt, :version)"
                                        + " on conflict (id) do nothing")
                        .bind("id", draft.id())
                        .bind("branch", draft.branch().value())
                        .bind("content", Json.write(draft.content()))
                        .bind("form", draft.form())
                        .bind("changedBy", draft.changedBy().value())
                        .bind("createdAt", Micros.of(draft.createdAt()))
                        .bind("changedAt", Micros.of(draft.changedAt()))
                        .bind("version", draft.version())
                        .execute()
                == 1;
        if (fresh) {
            linkMedia(tx, draft);
        }
        return fresh;
    }

    @Override
    public boolean save(Tx tx, KeptDraft changed, long seen) {
        boolean saved = handle(tx)
                        .createUpdate("update draft set content = :content, form = :form, changed_by = :changedBy,"
                                + " changed_at = :changedAt, version = :version where id = :id and version = :seen")
                        .bind("content", Json.write(changed.content()))
                        .bind("form", changed.form())
                        .bind("changedBy", changed.changedBy().value())
                        .bind("changedAt", Micros.of(changed.changedAt()))
                        .bind("version", changed.version())
                        .bind("id", changed.id())
                        .bind("seen", seen)
                        .execute()
                == 1;
        if (saved) {
            unlinkMedia(tx, changed.id());
            linkMedia(tx, changed);
        }
        return saved;
    }

    private static void unlinkMedia(Tx tx, String id) {
        handle(tx)
                .createUpdate("delete from draft_media where draft_id = :draft")
                .bind("draft", id)
                .execute();
    }

    /** What a form names is linked where it is an image of the branch, and only then. */
    private static void linkMedia(Tx tx, KeptDraft draft) {
        draft.content().images().stream()
                .map(KeptDraft.Image::mediaId)
                .distinct()
                .forEach(media -> handle(tx)
                        .createUpdate("insert into draft_media (draft_id, media_id) select :draft, id from media"
                                + " where id = :media and branch = :branch")
                        .bind("draft", draft.id())
                        .bind("media", media)
                        .bind("branch", draft.branch().value())
                        .execute());
    }

    @Override
    public boolean remove(Tx tx, BranchId branch, String id) {
        boolean there = find(tx, branch, id).isPresent();
        if (there) {
            unlinkMedia(tx, id);
            handle(tx)
                    .createUpdate("delete from draft where id = :id")
                    .bind("id", id)
                    .execute();
        }
        return there;
    }

    @Override
    public List<KeptDraft> newest(Tx tx, BranchId branch, int max) {
        return handle(tx)
                .createQuery("select * from draft where branch = :branch order by changed_at desc, id desc limit :max")
                .bind("branch", branch.value())
                .bind("max", max)
                .map((row, context) -> draft(row))
                .list();
    }

    private static KeptDraft draft(ResultSet row) throws SQLException {
        return new KeptDraft(
                row.getString("id"),
                new BranchId(row.getString("branch")),
                Json.read(row.getString("content"), KeptDraft.Content.class),
                row.getString("form"),
                new UserId(row.getString("changed_by")),
                Micros.instant(row.getLong("created_at")),
                Micros.instant(row.getLong("changed_at")),
                row.getLong("version"));
    }
}
