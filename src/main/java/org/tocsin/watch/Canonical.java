package org.tocsin.watch;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes a watch in one way: what is read from it is equal to what was written. */
public final class Canonical {
    private Canonical() {}

    /** @return its text, with no bracket more than it needs */
    public static String print(WatchQuery query) {
        return switch (query) {
            case WatchQuery.Or or -> joined(or.of(), " OR ", false);
            case WatchQuery.And and -> joined(and.of(), " ", false);
            case WatchQuery.Not not -> "NOT " + primary(not.of(), not.of() instanceof WatchQuery.Near);
            case WatchQuery.Near near ->
                primary(near.left(), false) + (near.ordered() ? " ONEAR/" : " NEAR/") + near.distance() + " "
                        + primary(near.right(), false);
            case WatchQuery.Some some ->
                some.least() + " OF ("
                        + some.of().stream().map(Canonical::print).collect(Collectors.joining(", ")) + ")";
            case WatchQuery.Word word -> word(word);
            case WatchQuery.Phrase phrase ->
                (phrase.exact() ? "=" : "") + quoted(phrase.text()) + (phrase.slop() > 0 ? "~" + phrase.slop() : "");
            case WatchQuery.Tag tag -> "#" + tag.tag() + (tag.beginning() ? "*" : "");
            case WatchQuery.Handle handle -> "@" + handle.handle();
            case WatchQuery.Scoped scoped ->
                scoped.field().name().toLowerCase(Locale.ROOT) + ":" + primary(scoped.of(), false);
            case WatchQuery.Count count -> count(count);
            case WatchQuery.Listed listed -> "{" + listed.name() + "}";
        };
    }

    /** @return its text with brackets around each conjunction, so that nobody needs to know what binds closer */
    static String grouped(WatchQuery.Or or) {
        return joined(or.of(), " OR ", true);
    }

    private static String joined(List<WatchQuery> of, String between, boolean brackets) {
        boolean or = between.equals(" OR ");
        return of.stream()
                .map(one -> (one instanceof WatchQuery.Or && !or) || (brackets && one instanceof WatchQuery.And)
                        ? "(" + print(one) + ")"
                        : print(one))
                .collect(Collectors.joining(between));
    }

    private static String primary(WatchQuery query, boolean near) {
        boolean brackets = query instanceof WatchQuery.Or
                || query instanceof WatchQuery.And
                || query instanceof WatchQuery.Not
                || (query instanceof WatchQuery.Near && !near);
        return brackets ? "(" + print(query) + ")" : print(query);
    }

    private static String word(WatchQuery.Word word) {
        return switch (word.how()) {
            case PLAIN, PATTERN -> word.text();
            case BEGINNING -> word.text() + "*";
            case EXACT -> "=" + word.text();
            case STEM -> word.text() + "~";
        };
    }

    private static String quoted(String text) {
        return text.indexOf('"') >= 0 || text.indexOf('”') >= 0 ? "«\u00a0" + text + "\u00a0»" : "\"" + text + "\"";
    }

    private static String count(WatchQuery.Count count) {
        String name = count.metric().name().toLowerCase(Locale.ROOT);
        if (count.to() == Long.MAX_VALUE) {
            return name + ">=" + count.from();
        }
        return count.from() == 0 ? name + "<" + (count.to() + 1) : name + ":" + count.from() + ".." + count.to();
    }
}
