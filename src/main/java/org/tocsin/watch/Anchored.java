package org.tocsin.watch;

/** Whether something must be there for a watch to match: a word, tag, handle, site, author, language or source. */
final class Anchored {
    private Anchored() {}

    static boolean is(WatchQuery query) {
        return switch (query) {
            case WatchQuery.Or or -> or.of().stream().allMatch(Anchored::is);
            case WatchQuery.And and -> and.of().stream().anyMatch(Anchored::is);
            case WatchQuery.Not _, WatchQuery.Count _ -> false;
            case WatchQuery.Near near -> is(near.left()) || is(near.right());
            case WatchQuery.Some some ->
                some.of().stream().filter(Anchored::is).count() > some.of().size() - some.least();
            case WatchQuery.Word _, WatchQuery.Phrase _, WatchQuery.Tag _, WatchQuery.Handle _, WatchQuery.Listed _ ->
                true;
            case WatchQuery.Scoped scoped ->
                scoped.field() != WatchQuery.Field.IS && scoped.field() != WatchQuery.Field.HAS && is(scoped.of());
        };
    }

    /** @return whether it only says what must not be there */
    static boolean isNegative(WatchQuery query) {
        return switch (query) {
            case WatchQuery.Not _ -> true;
            case WatchQuery.And and -> and.of().stream().allMatch(Anchored::isNegative);
            case WatchQuery.Or or -> or.of().stream().allMatch(Anchored::isNegative);
            case WatchQuery.Some some -> some.of().stream().allMatch(Anchored::isNegative);
            case WatchQuery.Scoped scoped -> isNegative(scoped.of());
            case WatchQuery.Near _,
                    WatchQuery.Word _,
                    WatchQuery.Phrase _,
                    WatchQuery.Tag _,
                    WatchQuery.Handle _,
                    WatchQuery.Count _,
                    WatchQuery.Listed _ -> false;
        };
    }
}
