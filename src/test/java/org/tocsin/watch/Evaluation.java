package org.tocsin.watch;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.tocsin.analysis.Analysis;
import org.tocsin.analysis.LightStem;
import org.tocsin.analysis.QueryWord;
import org.tocsin.analysis.Token;
import org.tocsin.mention.Counts;
import org.tocsin.mention.Item;
import org.tocsin.mention.ItemKind;

/**
 * The reference: what a watch means, written down with no thought of speed. Every place is tried with every other. It shares with the matcher
 * only the analysis and the tree of the query.
 */
class Evaluation {
    private static final int TITLE = 0;
    private static final int TEXT = 1;
    private static final int NAME = 2;
    private static final int FIRST_ADDRESS = 10;

    private final Analysis analysis;
    private final WordLists lists;

    Evaluation(Analysis analysis, WordLists lists) {
        this.analysis = analysis;
        this.lists = lists;
    }

    /** A place: in which text, from a position to the one after it. */
    record Place(int text, int start, int end) {}

    private record Seen(int text, Token token) {}

    boolean matches(WatchQuery query, Item item) {
        return holds(query, item, Scope.BODY);
    }

    private List<Seen> seen(Item item, Scope scope) {
        List<Seen> seen = new ArrayList<>();
        String title = item.title();
        if (title != null && (scope == Scope.BODY || scope == Scope.TITLE)) {
            add(seen, TITLE, analysis.text(title).tokens());
        }
        if (scope == Scope.BODY) {
            add(seen, TEXT, analysis.text(item.text()).tokens());
        }
        String name = item.author().name();
        if (scope == Scope.AUTHOR && name != null) {
            add(seen, NAME, analysis.text(name).tokens());
        }
        if (scope == Scope.ADDRESS) {
            int number = FIRST_ADDRESS;
            for (String address : addresses(item)) {
                add(seen, number++, analysis.address(address).tokens());
            }
        }
        return seen;
    }

    private static void add(List<Seen> seen, int text, List<Token> tokens) {
        tokens.forEach(token -> seen.add(new Seen(text, token)));
    }

    private List<String> addresses(Item item) {
        List<String> all = new ArrayList<>(item.links());
        String url = item.url();
        if (url != null) {
            all.add(url);
        }
        String title = item.title();
        if (title != null) {
            analysis.text(title).addresses().forEach(link -> all.add(link.url()));
        }
        analysis.text(item.text()).addresses().forEach(link -> all.add(link.url()));
        return all;
    }

    private boolean holds(WatchQuery query, Item item, Scope scope) {
        return switch (query) {
            case WatchQuery.Or or -> or.of().stream().anyMatch(one -> holds(one, item, scope));
            case WatchQuery.And and -> and.of().stream().allMatch(one -> holds(one, item, scope));
            case WatchQuery.Not not -> !holds(not.of(), item, scope);
            case WatchQuery.Some some ->
                some.of().stream().filter(one -> holds(one, item, scope)).count() >= some.least();
            case WatchQuery.Near _, WatchQuery.Word _, WatchQuery.Phrase _ ->
                !places(query, item, scope).isEmpty();
            case WatchQuery.Tag tag -> !places(tag, item, scope).isEmpty() || (scope == Scope.BODY && given(tag, item));
            case WatchQuery.Handle handle ->
                !places(handle, item, scope).isEmpty() || given(analysis.handle(handle.handle()), item.mentions());
            case WatchQuery.Scoped scoped ->
                switch (scoped.field()) {
                    case TITLE -> holds(scoped.of(), item, Scope.TITLE);
                    case URL -> holds(scoped.of(), item, Scope.ADDRESS);
                    default -> value(scoped.field(), scoped.of(), item);
                };
            case WatchQuery.Count count -> counts(count, item.counts());
            case WatchQuery.Listed listed -> entries(listed).stream().anyMatch(one -> holds(one, item, scope));
        };
    }

    private List<WatchQuery> entries(WatchQuery.Listed listed) {
        WordList list = lists.find(listed.name());
        List<WatchQuery> entries = new ArrayList<>();
        if (list != null) {
            list.entries().forEach(entry -> {
                WatchQuery query = ListEntries.read(entry, analysis);
                if (query != null) {
                    entries.add(query);
                }
            });
        }
        return entries;
    }

    private boolean given(WatchQuery.Tag tag, Item item) {
        String form = analysis.tag(tag.tag());
        return item.tags().stream()
                .map(analysis::tag)
                .anyMatch(one -> tag.beginning() ? one.startsWith(form) : one.equals(form));
    }

    private boolean given(String form, List<String> handles) {
        return handles.stream().map(analysis::handle).anyMatch(one -> one.equals(form) || one.startsWith(form + "@"));
    }

    private static boolean counts(WatchQuery.Count count, Counts counts) {
        Long number = switch (count.metric()) {
            case LIKES -> counts.likes();
            case REPOSTS -> counts.reposts();
            case REPLIES -> counts.replies();
            case FOLLOWERS -> counts.followers();
        };
        return number != null && count.from() <= number && number <= count.to();
    }

    private boolean value(WatchQuery.Field field, WatchQuery query, Item item) {
        return switch (query) {
            case WatchQuery.Or or -> or.of().stream().anyMatch(one -> value(field, one, item));
            case WatchQuery.And and -> and.of().stream().allMatch(one -> value(field, one, item));
            case WatchQuery.Not not -> !value(field, not.of(), item);
            case WatchQuery.Some some ->
                some.of().stream().filter(one -> value(field, one, item)).count() >= some.least();
            case WatchQuery.Word word -> value(field, word, word.text(), item);
            case WatchQuery.Phrase phrase -> value(field, phrase, phrase.text(), item);
            case WatchQuery.Handle handle ->
                field == WatchQuery.Field.FROM ? author(handle.handle(), item) : holds(handle, item, Scope.BODY);
            default -> throw new IllegalArgumentException(query.toString());
        };
    }

    private boolean author(String handle, Item item) {
        String own = item.author().handle();
        return own != null && given(analysis.handle(handle), List.of(own));
    }

    private boolean value(WatchQuery.Field field, WatchQuery query, String value, Item item) {
        return switch (field) {
            case LANG -> {
                String language = item.language();
                String wanted = value.toLowerCase(Locale.ROOT);
                yield language != null && (language.toLowerCase(Locale.ROOT) + "-").startsWith(wanted + "-");
            }
            case SOURCE ->
                analysis.fold(item.sourceId()).equals(analysis.fold(value))
                        || analysis.fold(item.network()).equals(analysis.fold(value));
            case SITE -> hosts(item).stream().anyMatch(host -> ("." + host).endsWith("." + analysis.host(value)));
            case FROM -> author(value, item) || holds(query, item, Scope.AUTHOR);
            case TO -> holds(new WatchQuery.Handle(value), item, Scope.BODY);
            case IS ->
                value.equals("edited")
                        ? item.edited()
                        : item.kind() == ItemKind.valueOf(value.toUpperCase(Locale.ROOT));
            case HAS ->
                switch (value) {
                    case "media" -> item.media();
                    case "tag" ->
                        !item.tags().isEmpty()
                                || seen(item, Scope.BODY).stream()
                                        .anyMatch(one -> one.token().kind() == Token.Kind.TAG);
                    default -> {
                        int own = item.url() == null ? 0 : 1;
                        yield addresses(item).size() > own;
                    }
                };
            case TITLE, URL -> throw new IllegalArgumentException(field.name());
        };
    }

    private List<String> hosts(Item item) {
        List<String> hosts = new ArrayList<>();
        String site = item.site();
        if (site != null) {
            hosts.add(analysis.host(site));
        }
        addresses(item).forEach(address -> hosts.add(analysis.host(address)));
        return hosts;
    }

    private List<Place> places(WatchQuery query, Item item, Scope scope) {
        List<Seen> seen = seen(item, scope);
        return switch (query) {
            case WatchQuery.Or or ->
                or.of().stream()
                        .flatMap(one -> places(one, item, scope).stream())
                        .toList();
            case WatchQuery.Listed listed ->
                entries(listed).stream()
                        .flatMap(one -> places(one, item, scope).stream())
                        .toList();
            case WatchQuery.Near near -> near(near, item, scope);
            case WatchQuery.Tag tag -> {
                String form = analysis.tag(tag.tag());
                yield singles(
                        seen,
                        Token.Kind.TAG,
                        token -> tag.beginning()
                                ? token.form().startsWith(form)
                                : token.form().equals(form));
            }
            case WatchQuery.Handle handle ->
                singles(seen, Token.Kind.HANDLE, token -> token.form().equals(analysis.handle(handle.handle())));
            case WatchQuery.Word word -> word(word, seen, scope);
            case WatchQuery.Phrase phrase -> phrase(phrase, seen, scope);
            default -> throw new IllegalArgumentException(query.toString());
        };
    }

    private interface Test {
        boolean accepts(Token token);
    }

    private static List<Place> singles(List<Seen> seen, Token.Kind kind, Test test) {
        List<Place> places = new ArrayList<>();
        for (Seen one : seen) {
            Token token = one.token();
            if (token.kind() == kind && test.accepts(token)) {
                places.add(new Place(one.text(), token.position(), token.next()));
            }
        }
        return places;
    }

    private List<Place> near(WatchQuery.Near near, Item item, Scope scope) {
        List<Place> places = new ArrayList<>();
        for (Place left : places(near.left(), item, scope)) {
            for (Place right : places(near.right(), item, scope)) {
                if (left.text() != right.text()) {
                    continue;
                }
                boolean after = right.start() >= left.end() && between(left, right) <= near.distance();
                boolean before = left.start() >= right.end() && between(right, left) <= near.distance();
                if (after || (before && !near.ordered())) {
                    places.add(left);
                }
            }
        }
        return places;
    }

    /** @return how many words lie between two places of which the first comes first */
    int between(Place first, Place second) {
        return second.start() - first.end();
    }

    private List<Place> word(WatchQuery.Word word, List<Seen> seen, Scope scope) {
        String text = word.text();
        return switch (word.how()) {
            case PATTERN -> {
                String pattern = analysis.fold(text).replace("?", ".").replace("*", ".*");
                yield singles(seen, Token.Kind.WORD, token -> token.form().matches("(?su)" + pattern));
            }
            case STEM -> {
                List<Place> places = null;
                for (QueryWord.Part part : looked(text, scope).path()) {
                    String stem = LightStem.of(part.form());
                    places = chained(
                            places,
                            singles(
                                    seen,
                                    Token.Kind.WORD,
                                    token -> LightStem.of(token.form()).equals(stem)));
                }
                yield places == null ? List.of() : places;
            }
            case BEGINNING -> {
                QueryWord looked = scope == Scope.ADDRESS ? analysis.addressWord(text) : analysis.beginning(text);
                yield spelled(looked, seen, false, true, false);
            }
            case PLAIN, EXACT -> {
                QueryWord looked = looked(text, scope);
                boolean exact = word.how() == WatchQuery.How.EXACT;
                yield spelled(looked, seen, exact, false, !exact && acronym(looked, scope));
            }
        };
    }

    private QueryWord looked(String text, Scope scope) {
        return scope == Scope.ADDRESS ? analysis.addressWord(text) : analysis.word(text);
    }

    private static boolean acronym(QueryWord looked, Scope scope) {
        StringBuilder written = new StringBuilder();
        looked.path().forEach(part -> written.append(part.exact()));
        return scope != Scope.ADDRESS && Acronyms.is(written.toString());
    }

    private List<Place> spelled(QueryWord looked, List<Seen> seen, boolean exact, boolean beginning, boolean acronym) {
        List<Place> places = null;
        int last = looked.path().size() - 1;
        for (int i = 0; i <= last; i++) {
            boolean open = beginning && i == last;
            places = chained(places, part(looked.path().get(i), seen, exact, open, acronym));
        }
        List<Place> all = new ArrayList<>(places == null ? List.of() : places);
        QueryWord.Part glued = looked.glued();
        if (glued != null) {
            all.addAll(part(glued, seen, exact, beginning, acronym));
        }
        return all;
    }

    private List<Place> part(QueryWord.Part part, List<Seen> seen, boolean exact, boolean open, boolean acronym) {
        if (part.form().startsWith("@")) {
            return singles(
                    seen,
                    Token.Kind.HANDLE,
                    token -> token.form().equals(part.form().substring(1)));
        }
        return singles(seen, Token.Kind.WORD, token -> {
            boolean form =
                    open ? token.form().startsWith(part.form()) : token.form().equals(part.form());
            boolean spelling = !exact || token.exact().equals(part.exact());
            return form && spelling && (!acronym || suits(token));
        });
    }

    /** Whether a token may be an acronym. */
    boolean suits(Token token) {
        return token.is(Token.CAPITALS) && !token.is(Token.ELIDED_VERB);
    }

    private static List<Place> chained(@org.jspecify.annotations.Nullable List<Place> before, List<Place> after) {
        if (before == null) {
            return after;
        }
        List<Place> places = new ArrayList<>();
        for (Place first : before) {
            for (Place second : after) {
                if (first.text() == second.text() && first.end() == second.start()) {
                    places.add(new Place(first.text(), first.start(), second.end()));
                }
            }
        }
        return places;
    }

    private List<Place> phrase(WatchQuery.Phrase phrase, List<Seen> seen, Scope scope) {
        List<QueryWord> words = scope == Scope.ADDRESS
                ? List.of(analysis.addressWord(phrase.text()))
                : PhraseWords.of(phrase.text(), analysis);
        List<List<Place>> each = new ArrayList<>();
        for (QueryWord word : words) {
            boolean acronym = !phrase.exact() && acronym(word, scope);
            each.add(spelled(word, seen, phrase.exact(), false, acronym));
        }
        if (phrase.slop() == 0 || each.size() == 1) {
            List<Place> places = null;
            for (List<Place> word : each) {
                places = chained(places, word);
            }
            return places == null ? List.of() : places;
        }
        List<Place> found = new ArrayList<>();
        choose(each, new ArrayList<>(), phrase.slop(), found);
        return found;
    }

    /** Every choice of one place for each word. */
    private void choose(List<List<Place>> each, List<Place> chosen, int slop, List<Place> found) {
        if (chosen.size() == each.size()) {
            int text = chosen.getFirst().text();
            int start = chosen.stream().mapToInt(Place::start).min().orElse(0);
            int end = chosen.stream().mapToInt(Place::end).max().orElse(0);
            int filled = chosen.stream()
                    .mapToInt(place -> place.end() - place.start())
                    .sum();
            if (end - start - filled <= slop) {
                found.add(new Place(text, start, end));
            }
            return;
        }
        for (Place place : each.get(chosen.size())) {
            boolean apart = chosen.stream()
                    .allMatch(other -> other.text() == place.text()
                            && (other.end() <= place.start() || place.end() <= other.start()));
            if (apart) {
                chosen.add(place);
                choose(each, chosen, slop, found);
                chosen.removeLast();
            }
        }
    }
}
