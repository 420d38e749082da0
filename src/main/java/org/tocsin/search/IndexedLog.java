package org.tocsin.search;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.tocsin.base.BranchId;
import org.tocsin.watch.Need;
import org.tocsin.watch.keeping.LogIndex;

/** The index, as one who tries words on the past asks it. */
public final class IndexedLog implements LogIndex {
    private static final int AT_ONCE = 5_000;

    private static final int MOST_TRIES = 3;

    private final MentionIndex index;

    public IndexedLog(MentionIndex index) {
        this.index = index;
    }

    /** What becomes visible while it is counted would be counted once more by who reads on in the log. */
    @Override
    public Optional<Indexed> candidates(BranchId branch, Need need, Instant from, Instant to, int max) {
        Optional<Indexed> found = Optional.empty();
        for (int i = 0; i < MOST_TRIES; i++) {
            long seq = index.visible();
            found = index.whole() ? Optional.of(candidates(seq, branch, need, from, to, max)) : Optional.empty();
            if (index.visible() == seq) {
                break;
            }
        }
        return found;
    }

    private Indexed candidates(long seq, BranchId branch, Need need, Instant from, Instant to, int max) {
        Instant end = to.plus(1, ChronoUnit.MICROS);
        Query query = Queries.within(Queries.of(need), branch, from, end, List.of(), List.of());
        Query all = Queries.within(MatchAllDocsQuery.INSTANCE, branch, from, end, List.of(), List.of());
        Candidates candidates = new Candidates(index, query, false, null);
        List<String> ids = new ArrayList<>();
        List<Cursor> some;
        do {
            some = candidates.next(Math.min(AT_ONCE, max - ids.size()));
            some.forEach(one -> ids.add(one.id()));
        } while (!some.isEmpty() && ids.size() < max);
        return new Indexed(ids, index.look(0, searcher -> searcher.count(all)), seq);
    }

    @Override
    public OptionalDouble share(String word) {
        return index.look(OptionalDouble.empty(), searcher -> {
            int all = searcher.getIndexReader().numDocs();
            int with = searcher.getIndexReader().docFreq(new Term(Fields.WORD, word));
            return all == 0 ? OptionalDouble.empty() : OptionalDouble.of(Math.min(1, (with + 1.0) / (all + 1.0)));
        });
    }
}
