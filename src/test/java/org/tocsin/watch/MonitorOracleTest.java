package org.tocsin.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterProperty;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.TextField;
import org.apache.lucene.monitor.Monitor;
import org.apache.lucene.monitor.MonitorQuery;
import org.apache.lucene.monitor.QueryMatch;
import org.tocsin.analysis.Analysis;
import org.tocsin.mention.Item;

/** A second opinion: lucene-monitor over the same tokens, on watches and items of which it tells the truth. */
class MonitorOracleTest {
    private static final int WATCHES = 20;
    private static final int ITEMS = Integer.getInteger("oracle.items", 20);

    private final Analysis analysis = new Analysis();
    private long pairs;
    private long hits;

    @Provide
    Arbitrary<List<WatchQuery>> watches() {
        return Samples.plainWatches().list().ofSize(WATCHES);
    }

    @Provide
    Arbitrary<List<Item>> items() {
        return Samples.plainItems().list().ofSize(ITEMS);
    }

    @AfterProperty
    void enough_was_tried() {
        System.out.println("lucene-monitor and ours: " + pairs + " pairs, " + hits + " hits");
        assertThat(hits * 10).isGreaterThanOrEqualTo(pairs);
    }

    @Property(tries = 100, shrinking = ShrinkingMode.BOUNDED)
    void agrees(@ForAll("watches") List<WatchQuery> watches, @ForAll("items") List<Item> items) throws IOException {
        WatchIndex index =
                new WatchIndex(analysis, WordLists.none(), Rarity.byLength(), System::nanoTime, WatchIndex.BUDGET);
        index.load(WatchIndexContract.stored(watches));
        LuceneQueries queries = new LuceneQueries(analysis);
        try (Monitor monitor = new Monitor(new TokensAnalyzer(analysis))) {
            List<MonitorQuery> registered = new ArrayList<>();
            for (int i = 0; i < watches.size(); i++) {
                registered.add(new MonitorQuery("w" + i, queries.of(watches.get(i))));
            }
            monitor.register(registered);
            for (Item item : items) {
                Set<String> expected = new TreeSet<>();
                Document document = new Document();
                document.add(new TextField(LuceneQueries.BODY, item.text(), Field.Store.NO));
                monitor.match(document, QueryMatch.SIMPLE_MATCHER)
                        .getMatches()
                        .forEach(match -> expected.add(match.getQueryId()));
                Set<String> found = new TreeSet<>();
                index.match(Heard.of(item, analysis)).matches().forEach(match -> found.add(match.watchId()));
                pairs += watches.size();
                hits += expected.size();
                assertThat(found).as(item.text() + " " + watches).isEqualTo(expected);
            }
        }
    }
}
