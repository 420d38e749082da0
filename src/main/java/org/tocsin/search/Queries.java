package org.tocsin.search;

import java.time.Instant;
import java.util.List;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;
import org.tocsin.watch.Anchor;
import org.tocsin.watch.Need;

/** Needs as queries of Lucene. What they find are candidates: more than what matches, and never less. */
final class Queries {
    /** From so many alternatives on, words are looked up as a set, without scores. */
    private static final int MANY = 128;

    private static final float HEADLINE = 2;

    private Queries() {}

    static Query of(Need need) {
        return switch (need) {
            case Need.Nothing _ -> MatchAllDocsQuery.INSTANCE;
            case Need.One(Anchor anchor) -> of(anchor);
            case Need.All(List<Need> all) -> {
                BooleanQuery.Builder query = new BooleanQuery.Builder();
                all.forEach(one -> query.add(of(one), Occur.MUST));
                yield query.build();
            }
            case Need.Some some when some.of().size() > MANY -> many(some);
            case Need.Some(int least, List<Need> of) -> {
                BooleanQuery.Builder query = new BooleanQuery.Builder().setMinimumNumberShouldMatch(least);
                of.forEach(one -> query.add(of(one), Occur.SHOULD));
                yield query.build();
            }
        };
    }

    private static Query many(Need.Some some) {
        List<BytesRef> words = some.of().stream()
                .filter(one -> one instanceof Need.One(Anchor anchor) && anchor.kind() == Anchor.Kind.WORD)
                .map(one -> new BytesRef(((Need.One) one).anchor().key()))
                .toList();
        boolean alike = words.size() == some.of().size();
        return alike ? new TermInSetQuery(Fields.WORD, words) : MatchAllDocsQuery.INSTANCE;
    }

    private static Query of(Anchor anchor) {
        Term term = new Term(Fields.of(anchor.kind()), anchor.key());
        return switch (anchor.kind()) {
            case BEGINNING, TAGS -> new PrefixQuery(term);
            case WORD ->
                new BooleanQuery.Builder()
                        .add(new TermQuery(term), Occur.MUST)
                        .add(
                                new BoostQuery(new TermQuery(new Term(Fields.TITLE, anchor.key())), HEADLINE),
                                Occur.SHOULD)
                        .build();
            case STEM, TAG, HANDLE, SITE, AUTHOR, NAME, ADDRESS, LANGUAGE, SOURCE -> new TermQuery(term);
        };
    }

    /**
     * Bounds a query.
     *
     * @param from    from then on; null for no bound
     * @param to      before then; likewise
     * @param terms   that it must have
     * @param filters that it must pass
     */
    static Query within(
            Query query,
            BranchId branch,
            @Nullable Instant from,
            @Nullable Instant to,
            List<Term> terms,
            List<Query> filters) {
        BooleanQuery.Builder bound = new BooleanQuery.Builder()
                .add(query, Occur.MUST)
                .add(new TermQuery(new Term(Fields.BRANCH, branch.value())), Occur.FILTER);
        if (from != null || to != null) {
            bound.add(
                    LongPoint.newRangeQuery(
                            Fields.TIME,
                            from == null ? Long.MIN_VALUE : Documents.micros(from),
                            to == null ? Long.MAX_VALUE : Documents.micros(to) - 1),
                    Occur.FILTER);
        }
        terms.forEach(term -> bound.add(new TermQuery(term), Occur.FILTER));
        filters.forEach(filter -> bound.add(filter, Occur.FILTER));
        return bound.build();
    }
}
