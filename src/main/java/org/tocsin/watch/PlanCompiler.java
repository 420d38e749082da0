package org.tocsin.watch;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.tocsin.analysis.Analysis;
import org.tocsin.analysis.LightStem;
import org.tocsin.analysis.QueryWord;
import org.tocsin.analysis.Token;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;

/** Makes clauses of a query. */
final class PlanCompiler {
    /** From so many plain words on, an item's words are looked up among them and not the other way round. */
    private static final int MANY = 16;

    private final Analysis analysis;
    private final WordLists lists;
    private final UnaryOperator<String> shared;

    PlanCompiler(Analysis analysis, WordLists lists, UnaryOperator<String> shared) {
        this.analysis = analysis;
        this.lists = lists;
        this.shared = shared;
    }

    Clause clause(WatchQuery query, Scope scope) {
        return switch (query) {
            case WatchQuery.Or or -> any(clauses(or.of(), scope));
            case WatchQuery.And and -> Junction.All.of(clauses(and.of(), scope));
            case WatchQuery.Not not -> new Junction.None(clause(not.of(), scope));
            case WatchQuery.Near near ->
                new NearClause(
                        clause(near.left(), scope), clause(near.right(), scope), near.distance(), near.ordered());
            case WatchQuery.Some some ->
                new Junction.Least(some.least(), clauses(some.of(), scope).toArray(Clause[]::new));
            case WatchQuery.Word word -> word(word, scope);
            case WatchQuery.Phrase phrase -> phrase(phrase, scope);
            case WatchQuery.Tag tag -> new TagClause(shared.apply(analysis.tag(tag.tag())), tag.beginning(), scope);
            case WatchQuery.Handle handle -> new HandleClause(shared.apply(analysis.handle(handle.handle())));
            case WatchQuery.Scoped scoped -> scoped(scoped);
            case WatchQuery.Count count -> new CountClause(count.metric(), count.from(), count.to());
            case WatchQuery.Listed listed -> listed(listed, scope);
        };
    }

    private List<Clause> clauses(List<WatchQuery> of, Scope scope) {
        List<Clause> clauses = new ArrayList<>(of.size());
        of.forEach(one -> clauses.add(clause(one, scope)));
        return clauses;
    }

    private static Clause any(List<Clause> clauses) {
        Map<Scope, Set<String>> words = new EnumMap<>(Scope.class);
        for (Clause clause : clauses) {
            if (clause instanceof WordClause word && !word.acronym()) {
                words.computeIfAbsent(word.scope(), _ -> new LinkedHashSet<>()).add(word.form());
            }
        }
        words.values().removeIf(forms -> forms.size() < MANY);
        List<Clause> all = new ArrayList<>(clauses);
        all.removeIf(clause -> clause instanceof WordClause word && !word.acronym() && words.containsKey(word.scope()));
        words.forEach((scope, forms) -> all.add(new Junction.AnyWord(Set.copyOf(forms), scope)));
        return all.size() == 1 ? all.getFirst() : new Junction.Any(all.toArray(Clause[]::new));
    }

    private QueryWord looked(String text, Scope scope) {
        return scope == Scope.ADDRESS ? analysis.addressWord(text) : analysis.word(text);
    }

    private static FaultException nothing(String text) {
        return FaultException.invalid("/query", Message.of("watch.word.nothing", "text", text));
    }

    private Clause word(WatchQuery.Word word, Scope scope) {
        String text = word.text();
        if (word.how() == WatchQuery.How.PATTERN) {
            return sequence(new Element.Pattern(shared.apply(analysis.fold(text))), scope);
        }
        if (word.how() == WatchQuery.How.BEGINNING) {
            return beginning(
                    scope == Scope.ADDRESS ? analysis.addressWord(text) : analysis.beginning(text), text, scope);
        }
        QueryWord looked = looked(text, scope);
        if (looked.path().isEmpty()) {
            throw nothing(text);
        }
        if (word.how() == WatchQuery.How.STEM) {
            List<Element> path = new ArrayList<>();
            looked.path().forEach(part -> path.add(new Element.Stem(shared.apply(LightStem.of(part.form())))));
            return new SequenceClause(List.of(new Step(path, null)), scope);
        }
        boolean exact = word.how() == WatchQuery.How.EXACT;
        if (!exact && looked.path().size() == 1 && looked.glued() == null) {
            String form = shared.apply(looked.path().getFirst().form());
            return new WordClause(form, scope, isAcronym(looked, scope));
        }
        return new SequenceClause(List.of(step(looked, exact, scope)), scope);
    }

    private static SequenceClause sequence(Element element, Scope scope) {
        return new SequenceClause(List.of(new Step(List.of(element), null)), scope);
    }

    private Clause beginning(QueryWord looked, String text, Scope scope) {
        if (looked.path().isEmpty()) {
            throw nothing(text);
        }
        List<Element> path = new ArrayList<>();
        int last = looked.path().size() - 1;
        for (int i = 0; i <= last; i++) {
            String form = shared.apply(looked.path().get(i).form());
            path.add(i == last ? new Element.Beginning(Token.Kind.WORD, form) : form(form, null, false));
        }
        QueryWord.Part glued = looked.glued();
        Element whole = glued == null ? null : new Element.Beginning(Token.Kind.WORD, shared.apply(glued.form()));
        return new SequenceClause(List.of(new Step(path, whole)), scope);
    }

    private static Element.Form form(String form, @Nullable String exact, boolean acronym) {
        boolean handle = form.startsWith("@");
        return handle
                ? new Element.Form(Token.Kind.HANDLE, form.substring(1), null, false)
                : new Element.Form(Token.Kind.WORD, form, exact, acronym);
    }

    private static boolean isAcronym(QueryWord looked, Scope scope) {
        StringBuilder written = new StringBuilder();
        looked.path().forEach(part -> written.append(part.exact()));
        // An address is written in small letters whoever it names.
        return scope != Scope.ADDRESS && Acronyms.is(written.toString());
    }

    private Step step(QueryWord looked, boolean exact, Scope scope) {
        boolean acronym = !exact && isAcronym(looked, scope);
        List<Element> path = new ArrayList<>();
        for (QueryWord.Part part : looked.path()) {
            path.add(form(shared.apply(part.form()), exact ? part.exact() : null, acronym));
        }
        QueryWord.Part glued = looked.glued();
        return new Step(
                path, glued == null ? null : form(shared.apply(glued.form()), exact ? glued.exact() : null, acronym));
    }

    private Clause phrase(WatchQuery.Phrase phrase, Scope scope) {
        List<Step> steps = new ArrayList<>();
        if (scope == Scope.ADDRESS) {
            steps.add(step(analysis.addressWord(phrase.text()), phrase.exact(), scope));
        } else {
            PhraseWords.of(phrase.text(), analysis).forEach(word -> steps.add(step(word, phrase.exact(), scope)));
        }
        if (steps.isEmpty() || steps.getFirst().path().isEmpty()) {
            throw nothing(phrase.text());
        }
        return phrase.slop() > 0 && steps.size() > 1
                ? new LooseClause(steps, phrase.slop(), scope)
                : new SequenceClause(steps, scope);
    }

    private Clause scoped(WatchQuery.Scoped scoped) {
        return switch (scoped.field()) {
            case TITLE -> clause(scoped.of(), Scope.TITLE);
            case URL -> clause(scoped.of(), Scope.ADDRESS);
            case LANG, SOURCE, SITE, FROM, TO, IS, HAS -> value(scoped.field(), scoped.of());
        };
    }

    private Clause value(WatchQuery.Field field, WatchQuery query) {
        return switch (query) {
            case WatchQuery.Or or -> new Junction.Any(values(field, or.of()));
            case WatchQuery.And and -> new Junction.All(values(field, and.of()));
            case WatchQuery.Not not -> new Junction.None(value(field, not.of()));
            case WatchQuery.Some some -> new Junction.Least(some.least(), values(field, some.of()));
            case WatchQuery.Word word -> value(field, word, word.text());
            case WatchQuery.Phrase phrase -> value(field, phrase, phrase.text());
            case WatchQuery.Handle handle -> handle(field, analysis.handle(handle.handle()));
            default -> throw nothing(Canonical.print(query));
        };
    }

    private Clause[] values(WatchQuery.Field field, List<WatchQuery> of) {
        return of.stream().map(one -> value(field, one)).toArray(Clause[]::new);
    }

    private Clause handle(WatchQuery.Field field, String handle) {
        String form = shared.apply(handle);
        return field == WatchQuery.Field.FROM ? new ValueClause(ValueClause.Kind.AUTHOR, form) : new HandleClause(form);
    }

    private Clause value(WatchQuery.Field field, WatchQuery query, String text) {
        return switch (field) {
            case LANG -> value(ValueClause.Kind.LANGUAGE, text.toLowerCase(Locale.ROOT));
            case SOURCE -> value(ValueClause.Kind.SOURCE, analysis.fold(text));
            case SITE -> value(ValueClause.Kind.SITE, analysis.host(text));
            case IS -> value(ValueClause.Kind.IS, text);
            case HAS -> value(ValueClause.Kind.HAS, text);
            case TO -> handle(field, analysis.handle(text));
            case FROM ->
                new Junction.Any(new Clause[] {handle(field, analysis.handle(text)), clause(query, Scope.AUTHOR)});
            case TITLE, URL -> throw new IllegalArgumentException(field.name());
        };
    }

    private ValueClause value(ValueClause.Kind kind, String value) {
        return new ValueClause(kind, shared.apply(value));
    }

    private Clause listed(WatchQuery.Listed listed, Scope scope) {
        WordList list = lists.find(listed.name());
        if (list == null) {
            throw FaultException.invalid("/query", Message.of("watch.list.gone", "name", listed.name()));
        }
        List<Clause> clauses = new ArrayList<>(list.entries().size());
        for (String entry : list.entries()) {
            WatchQuery query = ListEntries.read(entry, analysis);
            if (query == null) {
                throw FaultException.invalid("/query", Message.of("watch.list.gone", "name", listed.name()));
            }
            clauses.add(clause(query, scope));
        }
        if (clauses.isEmpty()) {
            throw FaultException.invalid("/query", Message.of("watch.list.gone", "name", listed.name()));
        }
        return any(clauses);
    }
}
