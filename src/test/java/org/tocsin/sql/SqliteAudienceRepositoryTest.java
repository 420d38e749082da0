package org.tocsin.sql;

import java.nio.file.Path;

class SqliteAudienceRepositoryTest extends AudienceRepositoryContract {
    @Override
    Bound bind(Path folder) {
        SqlStore store = Opened.at(folder);
        return new Bound(store, new SqlAudience(), new SqlChannels(Opened.BOX), store);
    }
}
