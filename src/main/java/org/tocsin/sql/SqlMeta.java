package org.tocsin.sql;

import static org.tocsin.sql.SqlTx.handle;

import java.util.Optional;
import org.tocsin.base.Tx;

/** Single values of the store. */
public final class SqlMeta {
    /** @return the value of that name */
    public Optional<String> get(Tx tx, String name) {
        return handle(tx)
                .createQuery("select value from meta where name = :name")
                .bind("name", name)
                .mapTo(String.class)
                .findOne();
    }

    /** Stores a value. */
    public void put(Tx tx, String name, String value) {
        handle(tx)
                .createUpdate("insert into meta (name, value) values (:name, :value)"
                        + " on conflict (name) do update set value = :value")
                .bind("name", name)
                .bind("value", value)
                .execute();
    }
}
