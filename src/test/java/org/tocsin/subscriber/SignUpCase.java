package org.tocsin.subscriber;

import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.network.TestClock;
import org.tocsin.sql.Opened;
import org.tocsin.sql.SqlStore;

/** A test of what happens to those who sign up, on a store of its own. */
abstract class SignUpCase {
    final TestClock clock = new TestClock(Instant.parse("2026-11-27T09:00:00Z"));
    Path folder;
    SqlStore store;
    SignUpRig rig;

    @BeforeEach
    void open(@TempDir Path temporary) {
        folder = temporary;
        store = Opened.at(temporary);
        rig = new SignUpRig(store, clock);
    }

    @AfterEach
    void close() {
        store.close();
    }
}
