package org.tocsin.sql;

import static org.tocsin.sql.SqlTx.handle;

import java.security.SecureRandom;
import java.util.HexFormat;
import org.tocsin.base.Tx;
import org.tocsin.subscriber.AuditAliases;

/** Names of the audit trail, in SQL. */
public final class SqlAuditAliases implements AuditAliases {
    /** 96 bits: two of a hundred thousand people are never called the same. */
    private static final int BYTES = 12;

    private final SecureRandom random = new SecureRandom();

    @Override
    public String of(Tx tx, String subscriberId) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        handle(tx)
                .execute(
                        "insert into audit_alias (subscriber_id, alias) values (?, ?) on conflict (subscriber_id) do"
                                + " nothing",
                        subscriberId,
                        "person-" + HexFormat.of().formatHex(bytes));
        return handle(tx)
                .createQuery("select alias from audit_alias where subscriber_id = :id")
                .bind("id", subscriberId)
                .mapTo(String.class)
                .one();
    }

    @Override
    public void forget(Tx tx, String subscriberId) {
        handle(tx).execute("delete from audit_alias where subscriber_id = ?", subscriberId);
    }
}
