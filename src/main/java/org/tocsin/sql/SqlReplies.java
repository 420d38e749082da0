package org.tocsin.sql;

import static org.tocsin.sql.SqlTx.handle;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;
import org.tocsin.mention.ReplyRepository;

/** Answers to mentions in SQL. */
public final class SqlReplies implements ReplyRepository {
    @Override
    public void put(Tx tx, BranchId branch, String mentionId, String postId, Instant now) {
        handle(tx)
                .createUpdate("insert into mention_reply (mention_id, post_id, branch, created_at) values (:mention,"
                        + " :post, :branch, :now) on conflict (mention_id, post_id) do nothing")
                .bind("mention", mentionId)
                .bind("post", postId)
                .bind("branch", branch.value())
                .bind("now", Micros.of(now))
                .execute();
    }

    @Override
    public Map<String, List<String>> of(Tx tx, BranchId branch, Collection<String> mentionIds) {
        Map<String, List<String>> posts = new HashMap<>();
        if (!mentionIds.isEmpty()) {
            handle(tx)
                    .createQuery(
                            "select mention_id, post_id from mention_reply where branch = :branch and mention_id in"
                                    + " (<ids>) order by created_at, post_id")
                    .bind("branch", branch.value())
                    .bindList("ids", List.copyOf(mentionIds))
                    .map((row, context) -> posts.computeIfAbsent(row.getString("mention_id"), id -> new ArrayList<>())
                            .add(row.getString("post_id")))
                    .list();
        }
        return posts;
    }
}
