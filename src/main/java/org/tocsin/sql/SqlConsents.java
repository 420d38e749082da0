package org.tocsin.sql;

import static org.tocsin.sql.SqlTx.handle;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;
import org.tocsin.letter.MailAddress;
import org.tocsin.subscriber.Consent;
import org.tocsin.subscriber.ConsentRepository;
import org.tocsin.subscriber.ConsentRow;

/** The register of consent in SQL; what a row says is sealed. */
public final class SqlConsents implements ConsentRepository {
    private static final Logger log = LoggerFactory.getLogger(SqlConsents.class);

    private final SecretBox box;

    /** @param box seals what rows say */
    public SqlConsents(SecretBox box) {
        this.box = box;
    }

    private record Sealed(String salt, Consent consent) {}

    private static String place(String branch, long seq) {
        return "consent_event.sealed." + branch + "." + seq;
    }

    @Override
    public Optional<ConsentRow> last(Tx tx, BranchId branch) {
        return handle(tx)
                .createQuery("select * from consent_event where branch = :branch order by seq desc limit 1")
                .bind("branch", branch.value())
                .map((row, context) -> row(row))
                .findOne();
    }

    @Override
    public void insert(Tx tx, ConsentRow row) {
        String salt = row.salt();
        Consent consent = row.consent();
        handle(tx)
                .createUpdate("insert into consent_event (branch, seq, at, subscriber_id, text_id, sealed, who_key,"
                        + " commitment, hash) values (:branch, :seq, :at, :subscriber, :text, :sealed, :who,"
                        + " :commitment, :hash)")
                .bind("branch", row.branch().value())
                .bind("seq", row.seq())
                .bind("at", Micros.of(row.at()))
                .bind("subscriber", row.subscriberId())
                .bind("text", row.textId())
                .bind(
                        "sealed",
                        salt == null || consent == null
                                ? ""
                                : box.seal(
                                        place(row.branch().value(), row.seq()), Json.write(new Sealed(salt, consent))))
                .bind("who", consent == null ? null : key(consent))
                .bind("commitment", row.commitment())
                .bind("hash", row.hash())
                .execute();
    }

    @Override
    public List<ConsentRow> of(Tx tx, String subscriberId) {
        return handle(tx)
                .createQuery("select * from consent_event where subscriber_id = :id order by seq")
                .bind("id", subscriberId)
                .map((row, context) -> row(row))
                .list();
    }

    @Override
    public List<ConsentRow> page(Tx tx, BranchId branch, long after, int max) {
        return handle(tx)
                .createQuery("select * from consent_event where branch = :branch and seq > :after order by seq limit"
                        + " :max")
                .bind("branch", branch.value())
                .bind("after", after)
                .bind("max", max)
                .map((row, context) -> row(row))
                .list();
    }

    @Override
    public long erased(Tx tx, BranchId branch, long until) {
        return handle(tx)
                .createQuery("select count(*) from consent_event where branch = :branch and seq <= :until and"
                        + " subscriber_id is null")
                .bind("branch", branch.value())
                .bind("until", until)
                .mapTo(Long.class)
                .one();
    }

    @Override
    public void forget(Tx tx, String subscriberId) {
        handle(tx)
                .createUpdate("update consent_event set subscriber_id = null, sealed = '', who_key = null where"
                        + " subscriber_id = :id")
                .bind("id", subscriberId)
                .execute();
    }

    @Override
    public List<String> holders(Tx tx, BranchId branch, String key) {
        return handle(tx)
                .createQuery("select subscriber_id from consent_event where branch = :branch and who_key = :key and"
                        + " subscriber_id is not null group by subscriber_id order by min(seq)")
                .bind("branch", branch.value())
                .bind("key", key)
                .mapTo(String.class)
                .list();
    }

    @Override
    public List<String> keys(Tx tx, String subscriberId) {
        return handle(tx)
                .createQuery("select who_key from consent_event where subscriber_id = :id and who_key is not null"
                        + " group by who_key order by min(seq)")
                .bind("id", subscriberId)
                .mapTo(String.class)
                .list();
    }

    @Override
    public long fill(Tx tx, long after, int max) {
        record Kept(long number, ConsentRow row) {}
        List<Kept> rows = handle(tx)
                .createQuery("select rowid as number, * from consent_event where who_key is null and sealed <> '' and"
                        + " rowid > :after order by rowid limit :max")
                .bind("after", after)
                .bind("max", max)
                .map((row, context) -> new Kept(row.getLong("number"), row(row)))
                .list();
        rows.stream()
                .filter(kept -> kept.row.consent() != null)
                .forEach(kept -> handle(tx)
                        .createUpdate("update consent_event set who_key = :who where rowid = :number")
                        .bind("who", key(Objects.requireNonNull(kept.row.consent())))
                        .bind("number", kept.number)
                        .execute());
        return rows.isEmpty() ? 0 : rows.getLast().number;
    }

    /** As addresses and accounts are known everywhere. */
    private String key(Consent consent) {
        return box.hash(MailAddress.of(consent.who()).map(MailAddress::key).orElse(consent.who()));
    }

    /** @return null where the key does not open it: whoever verifies the register hears of it, and the other rows are read */
    private @Nullable Sealed open(String branch, long seq, String sealed) {
        try {
            return Json.read(box.open(place(branch, seq), sealed), Sealed.class);
        } catch (IllegalStateException e) {
            log.atWarn()
                    .setCause(e)
                    .addKeyValue("branch", branch)
                    .addKeyValue("row", seq)
                    .log("a row of the register of consent cannot be read");
            return null;
        }
    }

    private ConsentRow row(ResultSet row) throws SQLException {
        String branch = row.getString("branch");
        long seq = row.getLong("seq");
        String sealed = row.getString("sealed");
        @Nullable Sealed said = sealed.isEmpty() ? null : open(branch, seq, sealed);
        return new ConsentRow(
                new BranchId(branch),
                seq,
                Micros.get(row, "at"),
                row.getString("subscriber_id"),
                row.getString("text_id"),
                said == null ? null : said.salt(),
                said == null ? null : said.consent(),
                row.getString("commitment"),
                row.getString("hash"));
    }
}
