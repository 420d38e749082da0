package org.tocsin.watch;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.tocsin.analysis.Analysis;
import org.tocsin.analysis.QueryWord;
import org.tocsin.base.Message;

/** Explains clause by clause. Each clause is compiled as the whole watch is, so that an explanation cannot differ from the matching. */
public final class Explainer {
    /** Places compared for the nearest pair at most; beyond, the distance told may be too great. */
    private static final int COMPARED = 500;

    private final Analysis analysis;
    private final PlanCompiler compiler;

    public Explainer(Analysis analysis, WordLists lists) {
        this.analysis = analysis;
        this.compiler = new PlanCompiler(analysis, lists, text -> text);
    }

    /**
     * @param query a watch without errors
     * @return why it matches the item, or does not
     */
    public Explanation explain(WatchQuery query, Heard heard) {
        return explain(query, heard, Scope.BODY);
    }

    private Explanation explain(WatchQuery query, Heard heard, Scope scope) {
        Plan plan = Plan.of(compiler.clause(query, scope));
        boolean matched = plan.matches(heard);
        List<Explanation> parts = switch (query) {
            case WatchQuery.Or or -> parts(or.of(), heard, scope);
            case WatchQuery.And and -> parts(and.of(), heard, scope);
            case WatchQuery.Some some -> parts(some.of(), heard, scope);
            case WatchQuery.Not not -> parts(List.of(not.of()), heard, scope);
            case WatchQuery.Near near -> parts(List.of(near.left(), near.right()), heard, scope);
            case WatchQuery.Scoped scoped
            when scoped.field() == WatchQuery.Field.TITLE -> parts(List.of(scoped.of()), heard, Scope.TITLE);
            case WatchQuery.Scoped scoped
            when scoped.field() == WatchQuery.Field.URL -> parts(List.of(scoped.of()), heard, Scope.ADDRESS);
            case WatchQuery.Word _,
                    WatchQuery.Phrase _,
                    WatchQuery.Tag _,
                    WatchQuery.Handle _,
                    WatchQuery.Scoped _,
                    WatchQuery.Count _,
                    WatchQuery.Listed _ -> List.of();
        };
        Message why = matched ? found(query, parts) : missing(query, heard, scope, parts);
        return new Explanation(Canonical.print(query), matched, why, plan.hits(heard), parts);
    }

    private List<Explanation> parts(List<WatchQuery> of, Heard heard, Scope scope) {
        return of.stream().map(one -> explain(one, heard, scope)).toList();
    }

    private static long matched(List<Explanation> parts) {
        return parts.stream().filter(Explanation::matched).count();
    }

    private static Message found(WatchQuery query, List<Explanation> parts) {
        return switch (query) {
            case WatchQuery.Not _ -> Message.of("watch.why.not.absent");
            case WatchQuery.And _ -> Message.of("watch.why.all");
            case WatchQuery.Or _, WatchQuery.Some _ ->
                Message.of("watch.why.some", "found", matched(parts), "all", parts.size());
            default -> Message.of("watch.why.found");
        };
    }

    private Message missing(WatchQuery query, Heard heard, Scope scope, List<Explanation> parts) {
        return switch (query) {
            case WatchQuery.Or _ -> Message.of("watch.why.none", "all", parts.size());
            case WatchQuery.And _ ->
                Message.of(
                        "watch.why.not.all",
                        "clauses",
                        parts.stream()
                                .filter(part -> !part.matched())
                                .map(Explanation::clause)
                                .collect(Collectors.joining(", ")));
            case WatchQuery.Some some -> Message.of("watch.why.few", "found", matched(parts), "least", some.least());
            case WatchQuery.Not _ -> Message.of("watch.why.not.there");
            case WatchQuery.Near near -> far(near, heard, scope, parts);
            case WatchQuery.Word word -> word(word, heard, scope);
            case WatchQuery.Phrase phrase -> phrase(phrase, heard, scope);
            case WatchQuery.Tag tag -> tag(tag, heard, scope);
            case WatchQuery.Scoped scoped -> scoped(scoped, heard);
            case WatchQuery.Count _ -> Message.of("watch.why.count");
            case WatchQuery.Handle _, WatchQuery.Listed _ -> Message.of("watch.why.absent");
        };
    }

    private Message far(WatchQuery.Near near, Heard heard, Scope scope, List<Explanation> parts) {
        if (matched(parts) < 2) {
            return Message.of("watch.why.near.missing");
        }
        int least = Math.min(
                gap(near.left(), near.right(), heard, scope),
                near.ordered() ? Integer.MAX_VALUE : gap(near.right(), near.left(), heard, scope));
        return least == Integer.MAX_VALUE
                ? Message.of("watch.why.near.order")
                : Message.of("watch.why.near.far", "actual", least, "limit", near.distance());
    }

    /** The fewest words between the end of one and the start of the other. */
    private int gap(WatchQuery first, WatchQuery second, Heard heard, Scope scope) {
        Spans firsts = new Spans();
        Spans seconds = new Spans();
        compiler.clause(first, scope).spans(heard, firsts);
        compiler.clause(second, scope).spans(heard, seconds);
        int least = Integer.MAX_VALUE;
        for (int i = 0; i < Math.min(firsts.size(), COMPARED); i++) {
            for (int j = 0; j < Math.min(seconds.size(), COMPARED); j++) {
                int gap = seconds.start(j) - firsts.end(i);
                least = gap >= 0 ? Math.min(least, gap) : least;
            }
        }
        return least;
    }

    private boolean holds(WatchQuery query, Heard heard, Scope scope) {
        return compiler.clause(query, scope).test(heard);
    }

    private Message word(WatchQuery.Word word, Heard heard, Scope scope) {
        String small = word.text().toLowerCase(Locale.ROOT);
        boolean otherwise = holds(new WatchQuery.Word(small, WatchQuery.How.PLAIN), heard, scope);
        if (word.how() == WatchQuery.How.PLAIN && otherwise) {
            return Message.of("watch.why.acronym");
        }
        return word.how() == WatchQuery.How.EXACT && otherwise
                ? Message.of("watch.why.exact")
                : Message.of("watch.why.absent");
    }

    private Message phrase(WatchQuery.Phrase phrase, Heard heard, Scope scope) {
        List<String> absent = new ArrayList<>();
        for (QueryWord word : PhraseWords.of(phrase.text(), analysis)) {
            String written = word.path().stream().map(QueryWord.Part::exact).collect(Collectors.joining("-"));
            WatchQuery one = new WatchQuery.Phrase(written, 0, phrase.exact());
            if (!holds(one, heard, scope)) {
                absent.add(written);
            }
        }
        return absent.isEmpty()
                ? Message.of("watch.why.phrase.apart")
                : Message.of("watch.why.phrase.missing", "words", String.join(", ", absent));
    }

    private Message tag(WatchQuery.Tag tag, Heard heard, Scope scope) {
        boolean word = !tag.beginning() && holds(new WatchQuery.Word(tag.tag(), WatchQuery.How.PLAIN), heard, scope);
        return word ? Message.of("watch.why.tag.word") : Message.of("watch.why.absent");
    }

    private Message scoped(WatchQuery.Scoped scoped, Heard heard) {
        boolean elsewhere = scoped.field() == WatchQuery.Field.TITLE && holds(scoped.of(), heard, Scope.BODY);
        if (elsewhere) {
            return Message.of("watch.why.title");
        }
        String language = heard.item().language();
        return scoped.field() == WatchQuery.Field.LANG && language != null
                ? Message.of("watch.why.lang", "actual", language)
                : Message.of("watch.why.absent");
    }
}
