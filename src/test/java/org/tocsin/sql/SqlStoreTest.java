package org.tocsin.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import org.tocsin.base.FaultException;
import org.tocsin.base.FaultException.Kind;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork.Urgency;

class SqlStoreTest {
    private static final SqlMeta META = new SqlMeta();

    @TempDir
    private Path folder;

    private static boolean put(Tx tx, String name, String value) {
        META.put(tx, name, value);
        return true;
    }

    private static List<String> names(SqlStore store) {
        return store.read(tx -> SqlTx.handle(tx)
                .createQuery("select name from meta where name like 'n%' order by name")
                .mapTo(String.class)
                .list());
    }

    @Test
    void whatLeavesRowsUnreadHoldsNoSnapshot() {
        try (SqlStore store = SqlStore.open(folder.resolve("db"))) {
            store.write(Urgency.REQUEST, tx -> put(tx, "n1", "") && put(tx, "n2", ""));
            for (int i = 0; i < 8; i++) {
                boolean found = store.read(tx -> SqlTx.handle(tx)
                        .createQuery("select name from meta where name like 'n%' order by name")
                        .mapTo(String.class)
                        .stream()
                        .anyMatch("n1"::equals));
                assertThat(found).isTrue();
            }
            store.write(
                    Urgency.REQUEST,
                    tx -> SqlTx.handle(tx)
                            .createQuery("select name from meta where name like 'n%' order by name")
                            .mapTo(String.class)
                            .stream()
                            .anyMatch("n1"::equals));
            store.write(Urgency.REQUEST, tx -> put(tx, "n3", ""));
            for (int i = 0; i < 8; i++) {
                assertThat(names(store)).contains("n3");
            }
            assertThat(store.emptyLog()).as("nothing keeps what was erased").isTrue();
        }
    }

    private static void storageFault(ThrowingCallable call, String code) {
        assertThatExceptionOfType(FaultException.class).isThrownBy(call).satisfies(fault -> {
            assertThat(fault.kind()).isEqualTo(Kind.STORAGE);
            assertThat(fault.faults().getFirst().message().code()).isEqualTo(code);
        });
    }

    private static void awaitIn(CountDownLatch latch) {
        try {
            if (!latch.await(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody came");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Test
    void a_work_that_throws_is_undone_alone_while_others_of_its_group_are_kept() throws Exception {
        try (SqlStore store = Opened.at(folder);
                ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            CountDownLatch busy = new CountDownLatch(1);
            CountDownLatch go = new CountDownLatch(1);
            Future<Boolean> first = pool.submit(() -> store.write(Urgency.REQUEST, tx -> {
                busy.countDown();
                awaitIn(go);
                return put(tx, "n0", "first");
            }));
            awaitIn(busy);
            List<Future<Boolean>> rest = new ArrayList<>();
            for (int i = 1; i < 20; i++) {
                int n = i;
                rest.add(pool.submit(() -> store.write(Urgency.REQUEST, tx -> {
                    put(tx, "n%02d".formatted(n), "x");
                    if (n % 3 == 0) {
                        throw new IllegalStateException("no " + n);
                    }
                    return true;
                })));
            }
            go.countDown();
            assertThat(first.get()).isTrue();
            for (int i = 1; i < 20; i++) {
                Future<Boolean> one = rest.get(i - 1);
                if (i % 3 == 0) {
                    assertThatThrownBy(one::get)
                            .isInstanceOf(ExecutionException.class)
                            .hasRootCauseMessage("no " + i);
                } else {
                    assertThat(one.get()).isTrue();
                }
            }
            assertThat(names(store))
                    .hasSize(14)
                    .doesNotContain("n03", "n06", "n09", "n12", "n15", "n18")
                    .contains("n0", "n01", "n19");
        }
    }

    @Test
    void hooks_run_after_the_commit_and_not_after_a_rollback() {
        try (SqlStore store = Opened.at(folder)) {
            AtomicBoolean seen = new AtomicBoolean();
            AtomicBoolean inside = new AtomicBoolean();
            store.write(Urgency.REQUEST, tx -> {
                tx.afterCommit(() -> seen.set(names(store).equals(List.of("n1"))));
                tx.afterCommit(() -> {
                    throw new IllegalStateException("a hook that fails harms nobody");
                });
                inside.set(seen.get());
                return put(tx, "n1", "x");
            });
            assertThat(inside).isFalse();
            assertThat(seen).as("what was committed is seen by the hook").isTrue();
            AtomicBoolean undone = new AtomicBoolean();
            assertThatThrownBy(() -> store.write(Urgency.REQUEST, tx -> {
                        tx.afterCommit(() -> undone.set(true));
                        throw new IllegalStateException("no");
                    }))
                    .hasMessage("no");
            assertThat(undone).isFalse();
        }
    }

    @Test
    void deliveries_go_before_requests_and_these_before_bulk() throws Exception {
        try (SqlStore store = Opened.at(folder);
                ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            CountDownLatch busy = new CountDownLatch(1);
            CountDownLatch go = new CountDownLatch(1);
            LinkedBlockingQueue<Urgency> order = new LinkedBlockingQueue<>();
            List<Future<Boolean>> works = new ArrayList<>();
            works.add(pool.submit(() -> store.write(Urgency.REQUEST, tx -> {
                busy.countDown();
                awaitIn(go);
                return true;
            })));
            awaitIn(busy);
            List<Thread> waiting = new ArrayList<>();
            for (Urgency urgency : List.of(Urgency.BULK, Urgency.REQUEST, Urgency.DELIVERY)) {
                for (int i = 0; i < 3; i++) {
                    waiting.add(Thread.ofPlatform().start(() -> store.write(urgency, tx -> order.add(urgency))));
                }
            }
            for (Thread thread : waiting) {
                await().until(() -> thread.getState() == Thread.State.WAITING);
            }
            go.countDown();
            for (Future<Boolean> work : works) {
                assertThat(work.get()).isTrue();
            }
            for (Thread thread : waiting) {
                thread.join();
            }
            assertThat(order)
                    .containsExactly(
                            Urgency.DELIVERY,
                            Urgency.DELIVERY,
                            Urgency.DELIVERY,
                            Urgency.REQUEST,
                            Urgency.REQUEST,
                            Urgency.REQUEST,
                            Urgency.BULK,
                            Urgency.BULK,
                            Urgency.BULK);
        }
    }

    @Test
    void a_reader_keeps_the_snapshot_that_it_began_with() {
        try (SqlStore store = Opened.at(folder)) {
            store.write(Urgency.REQUEST, tx -> put(tx, "n1", "before"));
            String seen = store.read(tx -> {
                String first = META.get(tx, "n1").orElseThrow();
                store.write(Urgency.REQUEST, other -> put(other, "n1", "after"));
                return first + " " + META.get(tx, "n1").orElseThrow();
            });
            assertThat(seen).isEqualTo("before before");
            Optional<String> after = store.read(tx -> META.get(tx, "n1"));
            assertThat(after).contains("after");
        }
    }

    /** Leaves room for a few pages more than the empty schema takes. */
    private static void nearlyFull(SqlStore store) {
        int pages = Integer.parseInt(store.read(tx -> Opened.text(tx, "pragma page_count")));
        store.write(Urgency.REQUEST, tx -> Opened.text(tx, "pragma max_page_count = " + (pages + 60)));
    }

    @Test
    void a_full_disk_refuses_by_name_keeps_what_was_acknowledged_and_recovers() {
        List<String> acknowledged = new ArrayList<>();
        String big = "x".repeat(20_000);
        try (SqlStore store = Opened.at(folder)) {
            // What SQLite answers where no page can be added; no mount of our own is needed for it.
            nearlyFull(store);
            storageFault(
                    () -> {
                        for (int i = 0; i < 1000; i++) {
                            String name = "n%03d".formatted(i);
                            store.write(Urgency.REQUEST, tx -> put(tx, name, big));
                            acknowledged.add(name);
                        }
                    },
                    "sql.disk.full");
            assertThat(acknowledged).isNotEmpty();
            assertThat(names(store)).isEqualTo(acknowledged);
            String verdict = store.read(tx -> Opened.text(tx, "pragma integrity_check"));
            assertThat(verdict).isEqualTo("ok");
            storageFault(() -> store.write(Urgency.DELIVERY, tx -> put(tx, "n-more", big)), "sql.disk.full");
            store.write(Urgency.REQUEST, tx -> Opened.text(tx, "pragma max_page_count = 100000"));
            store.write(Urgency.REQUEST, tx -> put(tx, "n999", big));
            acknowledged.add("n999");
        }
        try (SqlStore store = Opened.at(folder)) {
            assertThat(names(store)).isEqualTo(acknowledged);
        }
    }

    @Test
    void a_full_disk_takes_no_other_work_of_the_group_with_it_in_silence() throws Exception {
        try (SqlStore store = Opened.at(folder);
                ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            nearlyFull(store);
            CountDownLatch busy = new CountDownLatch(1);
            CountDownLatch go = new CountDownLatch(1);
            Future<Boolean> first = pool.submit(() -> store.write(Urgency.REQUEST, tx -> {
                busy.countDown();
                awaitIn(go);
                return put(tx, "n000", "small");
            }));
            awaitIn(busy);
            List<Future<Boolean>> rest = new ArrayList<>();
            for (int i = 1; i < 30; i++) {
                String name = "n%03d".formatted(i);
                String value = i % 2 == 0 ? "small" : "x".repeat(400_000);
                rest.add(pool.submit(() -> store.write(Urgency.REQUEST, tx -> put(tx, name, value))));
            }
            go.countDown();
            List<String> kept = new ArrayList<>();
            if (kept(first)) {
                kept.add("n000");
            }
            for (int i = 1; i < 30; i++) {
                if (kept(rest.get(i - 1))) {
                    kept.add("n%03d".formatted(i));
                }
            }
            assertThat(names(store)).as("acknowledged if and only if stored").isEqualTo(kept);
            assertThat(kept).hasSizeLessThan(30);
        }
    }

    private static boolean kept(Future<Boolean> work) throws InterruptedException {
        try {
            return work.get();
        } catch (ExecutionException e) {
            assertThat(e.getCause()).isInstanceOf(FaultException.class);
            return false;
        }
    }

    @Test
    void a_database_that_may_not_be_written_says_so() {
        try (SqlStore store = Opened.at(folder)) {
            store.write(Urgency.REQUEST, tx -> put(tx, "n1", "x"));
            store.write(Urgency.REQUEST, tx -> Opened.execute(tx, "pragma query_only = on"));
            storageFault(() -> store.write(Urgency.REQUEST, tx -> put(tx, "n2", "x")), "sql.disk.read-only");
            assertThat(names(store)).containsExactly("n1");
        }
    }

    @Test
    void a_damaged_database_is_refused_and_left_as_it_is() throws IOException {
        try (SqlStore store = Opened.at(folder)) {
            store.write(Urgency.REQUEST, tx -> put(tx, "n1", "x"));
        }
        Path file = folder.resolve("tocsin.db");
        byte[] good = Files.readAllBytes(file);
        byte[] header = good.clone();
        Arrays.fill(header, 0, 100, (byte) 'z');
        byte[] middle = good.clone();
        Arrays.fill(middle, 4096, 4096 * 8, (byte) 0x5a);
        byte[] half = Arrays.copyOf(good, good.length / 2 + 17);
        byte[] stub = Arrays.copyOf(good, 50);
        for (byte[] bad : List.of(header, middle, half, stub)) {
            Files.write(file, bad);
            storageFault(() -> Opened.at(folder).close(), "sql.open.damaged");
            assertThat(Files.readAllBytes(file)).isEqualTo(bad);
        }
    }

    @Test
    void every_connection_is_as_careful_as_the_design_says() {
        try (SqlStore store = Opened.at(folder)) {
            for (boolean writing : new boolean[] {true, false}) {
                List<String> pragmas = List.of("journal_mode", "synchronous", "mmap_size", "foreign_keys");
                List<String> values = new ArrayList<>();
                for (String pragma : pragmas) {
                    values.add(
                            writing
                                    ? store.write(Urgency.REQUEST, tx -> Opened.text(tx, "pragma " + pragma))
                                    : store.read(tx -> Opened.text(tx, "pragma " + pragma)));
                }
                assertThat(values).containsExactly("wal", "2", "0", "1");
            }
        }
    }

    @Test
    void a_closed_store_says_so() {
        SqlStore store = Opened.at(folder);
        store.close();
        storageFault(() -> store.write(Urgency.REQUEST, tx -> true), "sql.closed");
    }

    /** Writes down what it is told. */
    private static final class Heard implements StoreAlarm {
        private final AtomicInteger full = new AtomicInteger();
        private final LinkedBlockingQueue<Throwable> broken = new LinkedBlockingQueue<>();

        @Override
        public void full() {
            full.incrementAndGet();
        }

        @Override
        public void broken(Throwable cause) {
            broken.add(cause);
        }
    }

    private SqlStore open(StoreAlarm alarm) {
        return SqlStore.open(folder.resolve("tocsin.db"), false, alarm);
    }

    private static RuntimeException sqlite(SQLiteErrorCode code) {
        return new IllegalStateException(new SQLiteException(code.name(), code));
    }

    @ParameterizedTest
    @CsvSource({
        "SQLITE_BUSY, sql.busy",
        "SQLITE_BUSY_SNAPSHOT, sql.busy",
        "SQLITE_LOCKED, sql.busy",
        "SQLITE_PROTOCOL, sql.busy",
        "SQLITE_NOMEM, sql.memory",
        "SQLITE_FULL, sql.disk.full",
        "SQLITE_READONLY, sql.disk.read-only",
        "SQLITE_CANTOPEN, sql.disk.closed",
        "SQLITE_IOERR_SHMSIZE, sql.disk.full",
        "SQLITE_IOERR_WRITE, sql.disk.quota"
    })
    void what_the_disk_or_another_program_does_has_a_message_and_the_store_goes_on(SQLiteErrorCode code, String said) {
        Heard heard = new Heard();
        try (SqlStore store = open(heard)) {
            storageFault(
                    () -> store.write(Urgency.REQUEST, tx -> {
                        throw sqlite(code);
                    }),
                    said);
            store.write(Urgency.REQUEST, tx -> put(tx, "n1", "x"));
            assertThat(names(store)).containsExactly("n1");
            assertThat(heard.broken).isEmpty();
            boolean room = said.equals("sql.disk.full") || said.equals("sql.disk.quota");
            assertThat(heard.full).hasValue(room ? 1 : 0);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "SQLITE_IOERR_FSYNC, sql.disk.broken",
        "SQLITE_IOERR_READ, sql.disk.broken",
        "SQLITE_CORRUPT, sql.damaged"
    })
    void after_a_fault_of_the_disk_the_store_takes_no_more_work_and_tells_its_owner_once(
            SQLiteErrorCode code, String said) {
        Heard heard = new Heard();
        try (SqlStore store = open(heard)) {
            storageFault(
                    () -> store.write(Urgency.DELIVERY, tx -> {
                        throw sqlite(code);
                    }),
                    said);
            storageFault(() -> store.write(Urgency.DELIVERY, tx -> put(tx, "n1", "x")), "sql.failed");
            storageFault(
                    () -> store.read(tx -> {
                        throw sqlite(code);
                    }),
                    said);
            assertThat(heard.broken).hasSize(1);
        }
    }

    @Test
    void without_memory_nobody_waits_for_ever_and_the_owner_is_told() {
        Heard heard = new Heard();
        try (SqlStore store = open(heard)) {
            assertThatThrownBy(() -> store.write(Urgency.DELIVERY, tx -> {
                        throw new OutOfMemoryError("of the test");
                    }))
                    .hasRootCauseInstanceOf(OutOfMemoryError.class);
            storageFault(() -> store.write(Urgency.DELIVERY, tx -> put(tx, "n1", "x")), "sql.failed");
            assertThat(heard.broken).hasSize(1);
        }
    }

    @Test
    void a_stack_that_overflowed_in_one_work_harms_no_other() {
        Heard heard = new Heard();
        try (SqlStore store = open(heard)) {
            assertThatThrownBy(() -> store.write(Urgency.REQUEST, tx -> {
                        throw new StackOverflowError("of the test");
                    }))
                    .hasRootCauseInstanceOf(StackOverflowError.class);
            store.write(Urgency.REQUEST, tx -> put(tx, "n1", "x"));
            assertThat(names(store)).containsExactly("n1");
            assertThat(heard.broken).isEmpty();
        }
    }

    @Test
    void whoever_writes_while_the_store_closes_is_told_and_waits_for_nothing() throws Exception {
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 20; i++) {
                SqlStore store = Opened.at(folder);
                List<Future<?>> writers = new ArrayList<>();
                CountDownLatch writing = new CountDownLatch(8);
                for (int w = 0; w < 8; w++) {
                    writers.add(pool.submit(() -> {
                        writing.countDown();
                        storageFault(
                                () -> {
                                    while (true) {
                                        store.write(Urgency.REQUEST, tx -> true);
                                    }
                                },
                                "sql.closed");
                    }));
                }
                awaitIn(writing);
                store.close();
                for (Future<?> writer : writers) {
                    writer.get(10, TimeUnit.SECONDS);
                }
            }
        }
    }

    @Test
    void another_program_that_holds_the_database_for_long_loses_nothing() throws Exception {
        try (SqlStore store = Opened.at(folder)) {
            store.write(Urgency.REQUEST, tx -> put(tx, "n1", "x"));
            try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("tocsin.db"));
                    Statement statement = other.createStatement()) {
                statement.execute("begin immediate");
                storageFault(() -> store.write(Urgency.DELIVERY, tx -> put(tx, "n2", "x")), "sql.busy");
                assertThat(names(store)).as("readers go on").containsExactly("n1");
                statement.execute("rollback");
            }
            store.write(Urgency.DELIVERY, tx -> put(tx, "n3", "x"));
            assertThat(names(store)).containsExactly("n1", "n3");
        }
    }
}
