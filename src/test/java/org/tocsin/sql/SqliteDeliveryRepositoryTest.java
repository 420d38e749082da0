package org.tocsin.sql;

import java.nio.file.Path;
import org.tocsin.base.UnitOfWork.Urgency;

class SqliteDeliveryRepositoryTest extends DeliveryRepositoryContract {
    private SqlStore store;

    @Override
    Bound bind(Path folder) {
        store = Opened.at(folder);
        return new Bound(store, new SqlDeliveries(), store);
    }

    @Override
    void lose(String deliveryId) {
        store.write(Urgency.REQUEST, tx -> Opened.execute(tx, "delete from delivery where id = '" + deliveryId + "'"));
    }
}
