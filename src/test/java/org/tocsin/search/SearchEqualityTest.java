package org.tocsin.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.tocsin.mention.Item;
import org.tocsin.mention.Mention;
import org.tocsin.watch.RandomWatches;
import org.tocsin.watch.keeping.Items;

/** What a search finds is what the exhaustive evaluation of its words says of every mention of the log, and its places are the plan's. */
class SearchEqualityTest {
    private static final int ITEMS = Integer.getInteger("search.items", 300);
    private static final int TRIES = 120;

    private static Path folder;
    private static Library library;
    private static List<Mention> log;
    private static long pairs;
    private static long hits;

    @BeforeContainer
    static void open() throws IOException {
        folder = Files.createTempDirectory("search");
        library = new Library(folder, "db", RandomWatches.lists());
        int n = 0;
        for (Item item : RandomWatches.items().list().ofSize(ITEMS).sample()) {
            String id = "p" + n++;
            if (item.edited()) {
                library.say(source(item), Library.post(id, "avant"));
            }
            library.say(source(item), Library.heard(id, item));
        }
        library.settle();
        log = library.log();
        pairs = 0;
        hits = 0;
    }

    private static org.tocsin.mention.Source source(Item item) {
        return item.network().equals("mastodon") ? Library.PRESS : Library.TOWN;
    }

    @AfterContainer
    static void close() throws IOException {
        library.close();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(one);
            }
        }
        System.out.println("searches and log: " + pairs + " pairs, " + hits + " hits");
        assertThat(hits * 10).as("%d hits of %d", hits, pairs).isGreaterThan(pairs);
    }

    @Provide
    Arbitrary<String> searches() {
        return RandomWatches.searches();
    }

    @Property(tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
    void a_search_finds_what_the_reference_says(@ForAll("searches") String query, @ForAll Wanted.Order order) {
        List<String> expected = new ArrayList<>();
        for (Mention mention : log) {
            Item item = Items.of(mention, mention.sourceId().equals("s1") ? "mastodon" : "rss");
            pairs++;
            if (RandomWatches.matches(query, item)) {
                expected.add(mention.heard().nativeId());
                hits++;
            }
        }
        Wanted wanted = new Wanted(query, Instant.EPOCH, null, null, null, null, null, null, null, order);
        List<String> found = library.found(wanted);
        assertThat(found).as(query).doesNotHaveDuplicates();
        assertThat(new TreeSet<>(found)).as(query).isEqualTo(new TreeSet<>(expected));
        Search.Page page = library.search.page(Library.ACTOR, wanted, "", 10);
        assertThat(page.total()).isEqualTo(Math.min(expected.size(), Search.MOST_COUNTED));
        assertThat(page.atLeast()).isEqualTo(expected.size() >= Search.MOST_COUNTED);
        page.items().forEach(one -> {
            String type = one.mention().sourceId().equals("s1") ? "mastodon" : "rss";
            assertThat(one.hits()).isEqualTo(RandomWatches.hits(query, Items.of(one.mention(), type)));
        });
    }
}
