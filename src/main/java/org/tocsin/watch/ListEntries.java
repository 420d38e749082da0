package org.tocsin.watch;

import org.jspecify.annotations.Nullable;
import org.tocsin.analysis.Analysis;

/** Entries of word lists: one word, phrase, tag or handle each; several words without quotes are a phrase. */
final class ListEntries {
    private ListEntries() {}

    /** @return null where the entry is nothing that can be looked for */
    static @Nullable WatchQuery read(String entry, Analysis analysis) {
        try {
            WatchQuery query = QueryParser.parse(entry.strip()).query();
            if (query instanceof WatchQuery.And and && and.of().stream().allMatch(ListEntries::isPlain)) {
                query = new WatchQuery.Phrase(String.join(" ", entry.strip().split("[\\s\\p{Z}]+")), 0, false);
            }
            boolean found = switch (query) {
                case WatchQuery.Word word ->
                    switch (word.how()) {
                        case PATTERN -> true;
                        case BEGINNING -> !Lint.isShort(analysis.beginning(word.text()));
                        case PLAIN, EXACT, STEM ->
                            !analysis.word(word.text()).path().isEmpty();
                    };
                case WatchQuery.Phrase phrase ->
                    phrase.slop() == 0
                            && !PhraseWords.of(phrase.text(), analysis).isEmpty();
                case WatchQuery.Tag tag -> !analysis.tag(tag.tag()).isEmpty() && !Lint.isShort(tag, analysis);
                case WatchQuery.Handle _ -> true;
                default -> false;
            };
            return found ? query : null;
        } catch (QueryRefusal e) {
            // Told as an entry that cannot be read; the list's own editor says what is wrong with it.
            return null;
        }
    }

    private static boolean isPlain(WatchQuery query) {
        return query instanceof WatchQuery.Word word && word.how() == WatchQuery.How.PLAIN;
    }
}
