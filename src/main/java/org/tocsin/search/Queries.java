package org.tocsin.search;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
    /** Lucene takes 1,024 in one query, those within others included; the bounds of a search are some of them. */
    private static final int MOST_LEAVES = 900;

    private static final float HEADLINE = 2;

    private Queries() {}

    static Query of(Need need) {
        return leaves(need) > MOST_LEAVES ? wide(need) : narrow(need);
    }

    private static int leaves(Need need) {
        return switch (need) {
            case Need.Nothing _ -> 1;
            case Need.One(Anchor anchor) -> anchor.kind() == Anchor.Kind.WORD ? 2 : 1;
            case Need.All(List<Need> all) -> leaves(all);
            case Need.Some(int _, List<Need> of) -> of.size() > MANY ? 1 : leaves(of);
        };
    }

    private static int leaves(List<Need> of) {
        return of.stream().mapToInt(Queries::leaves).sum();
    }

    private static Query narrow(Need need) {
        return switch (need) {
            case Need.Nothing _ -> MatchAllDocsQuery.INSTANCE;
            case Need.One(Anchor anchor) -> of(anchor);
            case Need.All(List<Need> all) -> {
                BooleanQuery.Builder query = new BooleanQuery.Builder();
                all.forEach(one -> query.add(narrow(one), Occur.MUST));
                yield query.build();
            }
            case Need.Some some when some.of().size() > MANY -> wide(some);
            case Need.Some(int least, List<Need> of) -> {
                BooleanQuery.Builder query = new BooleanQuery.Builder().setMinimumNumberShouldMatch(least);
                of.forEach(one -> query.add(narrow(one), Occur.SHOULD));
                yield query.build();
            }
        };
    }

    /** Finds more: of each alternative one word is looked for. */
    private static Query wide(Need need) {
        return switch (need) {
            case Need.All(List<Need> all) -> {
                BooleanQuery.Builder query = new BooleanQuery.Builder();
                all.stream().limit(MOST_LEAVES).forEach(one -> query.add(wide(one), Occur.MUST));
                yield query.build();
            }
            case Need.Nothing _, Need.One _, Need.Some _ ->
                words(need)
                        .<Query>map(words -> new TermInSetQuery(
                                Fields.WORD, words.stream().map(BytesRef::new).toList()))
                        .orElseGet(() ->
                                need instanceof Need.One(Anchor anchor) ? of(anchor) : MatchAllDocsQuery.INSTANCE);
        };
    }

    /** @return words of which whatever matches has at least one; empty where it may have none */
    private static Optional<Set<String>> words(Need need) {
        return switch (need) {
            case Need.Nothing _ -> Optional.empty();
            case Need.One(Anchor anchor) ->
                anchor.kind() == Anchor.Kind.WORD ? Optional.of(Set.of(anchor.key())) : Optional.empty();
            // The fewest, and of single words the longest, which is the rarest as far as one can tell.
            case Need.All(List<Need> all) ->
                all.stream()
                        .flatMap(one -> words(one).stream())
                        .min(Comparator.<Set<String>>comparingInt(Set::size)
                                .thenComparingInt(words ->
                                        -words.stream().mapToInt(String::length).sum()));
            case Need.Some(int _, List<Need> of) -> {
                Set<String> any = new HashSet<>();
                for (Need one : of) {
                    Optional<Set<String>> words = words(one);
                    if (words.isEmpty()) {
                        yield Optional.empty();
                    }
                    any.addAll(words.get());
                }
                yield any.isEmpty() ? Optional.empty() : Optional.of(any);
            }
        };
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
