package org.tocsin.sql;

import static org.tocsin.sql.SqlTx.handle;

import com.fasterxml.jackson.core.type.TypeReference;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;
import org.tocsin.base.UserId;
import org.tocsin.post.MediaRef;
import org.tocsin.post.Post;
import org.tocsin.post.PostVariant;
import org.tocsin.publishing.PostRepository;

/** Posts in SQL. */
public final class SqlPosts implements PostRepository {
    private static final TypeReference<Map<String, PostVariant>> VARIANTS = new TypeReference<>() {};
    private static final TypeReference<List<MediaRef>> MEDIA = new TypeReference<>() {};

    @Override
    public void insert(Tx tx, Post post) {
        handle(tx)
                .createUpdate(
                        "insert into post (id, branch, author, text, language, variants, media, reply_to, campaign,"
                                + " allow_thread, numbering, local_time, zone, created_at, version, deleted_at, corrects, content_warning, visibility)"
                                + " values (:id,"
                                + " :branch, :author, :text, :language, :variants, :media, :replyTo, :campaign, :allowThread,"
                                + " :numbering, :localTime, :zone, :createdAt, :version, :deletedAt, :corrects, :warning, :visibility)")
                .bind("id", post.id())
                .bind("branch", post.branch().value())
                .bind("author", post.author().value())
                .bind("text", post.text())
                .bind("language", post.language())
                .bind("variants", Json.write(post.variants()))
                .bind("media", Json.write(post.media()))
                .bind("replyTo", post.replyTo())
                .bind("campaign", post.campaign())
                .bind("allowThread", post.allowThread() ? 1 : 0)
                .bind("numbering", post.numbering() ? 1 : 0)
                .bind("localTime", post.localTime())
                .bind("zone", post.zone())
                .bind("createdAt", Micros.of(post.createdAt()))
                .bind("version", post.version())
                .bind("deletedAt", Micros.ofNullable(post.deletedAt()))
                .bind("corrects", post.corrects())
                .bind("warning", post.contentWarning())
                .bind("visibility", post.visibility())
                .execute();
        linkMedia(tx, post);
    }

    private static void linkMedia(Tx tx, Post post) {
        handle(tx)
                .createUpdate("delete from post_media where post_id = :post")
                .bind("post", post.id())
                .execute();
        post.media().stream()
                .map(MediaRef::mediaId)
                .distinct()
                .forEach(media -> handle(tx)
                        .createUpdate("insert into post_media (post_id, media_id) values (:post, :media)")
                        .bind("post", post.id())
                        .bind("media", media)
                        .execute());
    }

    @Override
    public boolean save(Tx tx, Post changed, long seen) {
        boolean saved = handle(tx)
                        .createUpdate(
                                "update post set text = :text, language = :language, variants = :variants, media = :media,"
                                        + " allow_thread = :allowThread, numbering = :numbering, local_time = :localTime, zone = :zone,"
                                        + " content_warning = :warning, visibility = :visibility,"
                                        + " version = :version, deleted_at = :deletedAt where id = :id and version = :seen")
                        .bind("text", changed.text())
                        .bind("language", changed.language())
                        .bind("variants", Json.write(changed.variants()))
                        .bind("media", Json.write(changed.media()))
                        .bind("allowThread", changed.allowThread() ? 1 : 0)
                        .bind("numbering", changed.numbering() ? 1 : 0)
                        .bind("localTime", changed.localTime())
                        .bind("zone", changed.zone())
                        .bind("warning", changed.contentWarning())
                        .bind("visibility", changed.visibility())
                        .bind("version", changed.version())
                        .bind("deletedAt", Micros.ofNullable(changed.deletedAt()))
                        .bind("id", changed.id())
                        .bind("seen", seen)
                        .execute()
                == 1;
        if (saved) {
            linkMedia(tx, changed);
        }
        return saved;
    }

    @Override
    public List<String> errata(Tx tx, BranchId branch, String id) {
        return handle(tx)
                .createQuery("select id from post where branch = :branch and corrects = :id and deleted_at is null"
                        + " order by created_at, id")
                .bind("branch", branch.value())
                .bind("id", id)
                .mapTo(String.class)
                .list();
    }

    @Override
    public Optional<Post> find(Tx tx, BranchId branch, String id) {
        return handle(tx)
                .createQuery("select * from post where id = :id and branch = :branch")
                .bind("id", id)
                .bind("branch", branch.value())
                .map((row, context) -> post(row))
                .findOne();
    }

    @Override
    public Map<String, Post> find(Tx tx, BranchId branch, Collection<String> ids) {
        return ByIds.rows(
                        ids,
                        some -> handle(tx)
                                .createQuery("select * from post where branch = :branch and id in (<ids>)")
                                .bind("branch", branch.value())
                                .bindList("ids", some)
                                .map((row, context) -> post(row))
                                .list())
                .stream()
                .collect(Collectors.toMap(Post::id, post -> post));
    }

    @Override
    public List<Post> page(Tx tx, BranchId branch, String after, int max) {
        return handle(tx)
                .createQuery("select * from post where branch = :branch and (:after = '' or id < :after)"
                        + " order by id desc limit :max")
                .bind("branch", branch.value())
                .bind("after", after)
                .bind("max", max)
                .map((row, context) -> post(row))
                .list();
    }

    private static Post post(ResultSet row) throws SQLException {
        return new Post(
                row.getString("id"),
                new BranchId(row.getString("branch")),
                new UserId(row.getString("author")),
                row.getString("text"),
                row.getString("language"),
                Json.read(row.getString("variants"), VARIANTS),
                Json.read(row.getString("media"), MEDIA),
                row.getString("reply_to"),
                row.getString("campaign"),
                row.getInt("allow_thread") == 1,
                row.getInt("numbering") == 1,
                row.getString("local_time"),
                row.getString("zone"),
                Micros.get(row, "created_at"),
                row.getLong("version"),
                Micros.getNullable(row, "deleted_at"),
                row.getString("corrects"),
                row.getString("content_warning"),
                row.getString("visibility"));
    }
}
