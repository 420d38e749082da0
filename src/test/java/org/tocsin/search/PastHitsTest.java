package org.tocsin.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.watch.WordList;
import org.tocsin.watch.WordLists;
import org.tocsin.watch.keeping.Watches;

/** The past of a watch is matched while others write. */
class PastHitsTest {
    private final AtomicReference<Runnable> between = new AtomicReference<>(() -> {});
    private Library library;

    @BeforeEach
    void open(@TempDir Path folder) {
        library = new Library(folder, "db", new WordLists() {
            @Override
            @Nullable
            public WordList find(String name) {
                return null;
            }

            @Override
            public WordLists of(String owner) {
                between.getAndSet(() -> {}).run();
                return this;
            }
        });
    }

    @AfterEach
    void close() {
        library.close();
    }

    private List<String> hits(String watch) {
        return library.store.read(tx -> library.mentions.all(tx, library.hits.newest(tx, watch, 10))).stream()
                .map(mention -> mention.heard().nativeId())
                .sorted()
                .toList();
    }

    @Test
    @Timeout(30)
    void nobody_waits_for_it_and_what_changes_meanwhile_is_read_anew() {
        library.say(Library.post("1", "piscine"), Library.post("2", "piscine"), Library.post("3", "piscine"));
        library.match();
        String watch = library.watch("piscine");
        library.clock.move(Duration.ofSeconds(1));
        AtomicReference<String> written = new AtomicReference<>("");
        between.set(() -> {
            library.say(Library.post("2", "stade"));
            written.set(library.store.write(Urgency.DELIVERY, tx -> "a delivery"));
        });
        library.match();
        assertThat(written.get()).isEqualTo("a delivery");
        assertThat(hits(watch)).containsExactly("1", "3");
    }

    @Test
    void of_a_watch_that_is_saved_meanwhile_the_words_of_now_count() {
        library.say(Library.post("1", "piscine"), Library.post("2", "stade"));
        library.match();
        String watch = library.watch("piscine");
        between.set(() -> {
            between.set(() -> {});
            library.watches.save(Library.ACTOR, new Watches.Wanted(watch, "stade", "stade", null, null, 1L));
        });
        library.match();
        assertThat(hits(watch)).containsExactly("2");
    }
}
