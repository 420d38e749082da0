package org.tocsin.watch;

import java.util.List;
import org.apache.lucene.index.Term;
import org.apache.lucene.queries.intervals.IntervalQuery;
import org.apache.lucene.queries.intervals.Intervals;
import org.apache.lucene.queries.intervals.IntervalsSource;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.tocsin.analysis.Analysis;

/** The part of the language that Lucene's queries can say: plain words, beginnings, phrases, NEAR of words, and, or, not. */
public final class LuceneQueries {
    public static final String BODY = "body";

    private final Analysis analysis;

    public LuceneQueries(Analysis analysis) {
        this.analysis = analysis;
    }

    public Query of(WatchQuery query) {
        return switch (query) {
            case WatchQuery.Or or -> joined(or.of(), BooleanClause.Occur.SHOULD);
            case WatchQuery.And and -> joined(and.of(), BooleanClause.Occur.MUST);
            case WatchQuery.Near near -> {
                IntervalsSource left = Intervals.term(form(near.left()));
                IntervalsSource right = Intervals.term(form(near.right()));
                IntervalsSource both = near.ordered()
                        ? Intervals.ordered(left, right)
                        : Intervals.or(Intervals.ordered(left, right), Intervals.ordered(right, left));
                yield new IntervalQuery(BODY, Intervals.maxgaps(near.distance(), both));
            }
            case WatchQuery.Word word
            when word.how() == WatchQuery.How.BEGINNING -> new PrefixQuery(new Term(BODY, analysis.fold(word.text())));
            case WatchQuery.Word word -> new TermQuery(new Term(BODY, form(word)));
            case WatchQuery.Phrase phrase -> {
                PhraseQuery.Builder builder = new PhraseQuery.Builder();
                for (String word : phrase.text().split(" ")) {
                    builder.add(new Term(BODY, analysis.fold(word)));
                }
                yield builder.build();
            }
            default -> throw new IllegalArgumentException(query.toString());
        };
    }

    private String form(WatchQuery word) {
        return analysis.fold(((WatchQuery.Word) word).text());
    }

    private Query joined(List<WatchQuery> of, BooleanClause.Occur occur) {
        BooleanQuery.Builder builder = new BooleanQuery.Builder();
        for (WatchQuery one : of) {
            if (one instanceof WatchQuery.Not not) {
                builder.add(of(not.of()), BooleanClause.Occur.MUST_NOT);
            } else {
                builder.add(of(one), occur);
            }
        }
        return builder.build();
    }
}
