package org.tocsin.sql;

import static org.tocsin.sql.SqlTx.handle;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.tocsin.base.Tx;
import org.tocsin.feed.FeedReaderRepository;

/** Readers of feeds in SQL. */
public final class SqlFeedReaders implements FeedReaderRepository {
    @Override
    public String secret(Tx tx, LocalDate day, String offered) {
        handle(tx)
                .createUpdate("insert into feed_reader_day (day, secret) values (:day, :secret)"
                        + " on conflict (day) do nothing")
                .bind("day", day.toString())
                .bind("secret", offered)
                .execute();
        return handle(tx)
                .createQuery("select secret from feed_reader_day where day = :day")
                .bind("day", day.toString())
                .mapTo(String.class)
                .one();
    }

    @Override
    public void saw(Tx tx, LocalDate day, Map<String, Long> readers) {
        if (readers.isEmpty()) {
            return;
        }
        PreparedBatch batch = handle(tx)
                .prepareBatch("insert into feed_reader (day, reader, readers) values (:day, :reader, :readers)"
                        + " on conflict (day, reader) do update set readers = excluded.readers"
                        + " where feed_reader.readers < excluded.readers");
        readers.forEach((reader, stands) -> batch.bind("day", day.toString())
                .bind("reader", reader)
                .bind("readers", stands)
                .add());
        batch.execute();
    }

    @Override
    public long count(Tx tx, LocalDate day) {
        return handle(tx)
                .createQuery("select coalesce(sum(readers), 0) from feed_reader where day = :day")
                .bind("day", day.toString())
                .mapTo(Long.class)
                .one();
    }

    @Override
    public Optional<Watched> watched(Tx tx, LocalDate day) {
        return handle(tx)
                .createQuery("select watched_until, missed from feed_reader_day where day = :day")
                .bind("day", day.toString())
                .map((row, context) -> {
                    String until = row.getString("watched_until");
                    return new Watched(
                            until == null ? null : Instant.parse(until), Duration.ofSeconds(row.getLong("missed")));
                })
                .findOne();
    }

    @Override
    public void watched(Tx tx, LocalDate day, Watched watched) {
        handle(tx)
                .createUpdate("update feed_reader_day set watched_until = :until, missed = :missed where day = :day")
                .bind("until", watched.until() == null ? null : watched.until().toString())
                .bind("missed", watched.missed().toSeconds())
                .bind("day", day.toString())
                .execute();
    }

    @Override
    public void forget(Tx tx, LocalDate day) {
        for (String table : new String[] {"feed_reader", "feed_reader_day"}) {
            handle(tx)
                    .createUpdate("delete from " + table + " where day < :day")
                    .bind("day", day.toString())
                    .execute();
        }
    }
}
