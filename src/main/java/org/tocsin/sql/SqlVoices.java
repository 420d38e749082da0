package org.tocsin.sql;

import static org.tocsin.sql.SqlTx.handle;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tocsin.base.Tx;
import org.tocsin.watch.keeping.VoiceRepository;

/** Counts of hits in SQL. */
public final class SqlVoices implements VoiceRepository {
    @Override
    public Map<String, Count> count(Tx tx, Collection<String> watchIds, Instant from, Instant to) {
        Map<String, Count> counts = new HashMap<>();
        if (!watchIds.isEmpty()) {
            handle(tx)
                    .createQuery(
                            "select h.watch_id as watch, count(*) as mentions, count(distinct h.story_id) as stories,"
                                    + " count(distinct coalesce(lower(m.author_handle), m.author_name, m.author_url, m.source_id)) as authors"
                                    + " from watch_hit h join mention m on m.id = h.mention_id where h.watch_id in (<ids>) and"
                                    + " h.at >= :from and h.at < :to group by h.watch_id")
                    .bindList("ids", List.copyOf(watchIds))
                    .bind("from", Micros.of(from))
                    .bind("to", Micros.of(to))
                    .map((row, context) -> counts.put(
                                    row.getString("watch"),
                                    new Count(row.getLong("mentions"), row.getLong("stories"), row.getLong("authors")))
                            == null)
                    .list();
        }
        return counts;
    }
}
