package org.tocsin.watch;

import java.util.Set;

/** Which productions of the grammar a watch uses. */
final class Productions {
    static final Set<String> ALL = Set.of(
            "or",
            "and",
            "not",
            "near",
            "onear",
            "some",
            "PLAIN",
            "BEGINNING",
            "PATTERN",
            "EXACT",
            "STEM",
            "phrase",
            "phrase~",
            "=phrase",
            "tag",
            "tag*",
            "handle",
            "LANG",
            "SOURCE",
            "SITE",
            "URL",
            "FROM",
            "TO",
            "TITLE",
            "IS",
            "HAS",
            "count",
            "list");

    private Productions() {}

    static void of(WatchQuery query, Set<String> found) {
        switch (query) {
            case WatchQuery.Or or -> {
                found.add("or");
                or.of().forEach(one -> of(one, found));
            }
            case WatchQuery.And and -> {
                found.add("and");
                and.of().forEach(one -> of(one, found));
            }
            case WatchQuery.Not not -> {
                found.add("not");
                of(not.of(), found);
            }
            case WatchQuery.Near near -> {
                found.add(near.ordered() ? "onear" : "near");
                of(near.left(), found);
                of(near.right(), found);
            }
            case WatchQuery.Some some -> {
                found.add("some");
                some.of().forEach(one -> of(one, found));
            }
            case WatchQuery.Word word -> found.add(word.how().name());
            case WatchQuery.Phrase phrase ->
                found.add(phrase.exact() ? "=phrase" : phrase.slop() > 0 ? "phrase~" : "phrase");
            case WatchQuery.Tag tag -> found.add(tag.beginning() ? "tag*" : "tag");
            case WatchQuery.Handle _ -> found.add("handle");
            case WatchQuery.Scoped scoped -> {
                found.add(scoped.field().name());
                of(scoped.of(), found);
            }
            case WatchQuery.Count _ -> found.add("count");
            case WatchQuery.Listed _ -> found.add("list");
        }
    }
}
