package org.tocsin.watch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.tocsin.analysis.Analysis;

/** Reads watches: the only way from a text to a {@link WatchQuery}. Safe for use by several threads. */
public final class WatchLanguage {
    private final Analysis analysis;
    private final WordLists lists;

    /** @param lists where {@code {name}} comes from */
    public WatchLanguage(Analysis analysis, WordLists lists) {
        this.analysis = analysis;
        this.lists = lists;
    }

    /** @return the same with that owner's word lists */
    public WatchLanguage of(String owner) {
        return new WatchLanguage(analysis, lists.of(owner));
    }

    /** @return whether that can be an entry of a word list: one word, phrase, tag or handle */
    public boolean readable(String entry) {
        return ListEntries.read(entry, analysis) != null;
    }

    /** @return the watch, or why it cannot be read, and what there is to say about it; never throws for what people write */
    public CheckedQuery check(String text) {
        return read(text, true);
    }

    /** @return the same for a search within bounds, in which nothing has to be there: {@code NOT maire}, of this week */
    public CheckedQuery bounded(String text) {
        return read(text, false);
    }

    private CheckedQuery read(String text, boolean anchored) {
        try {
            QueryParser.Parsed parsed = QueryParser.parse(text);
            List<Finding> findings = new ArrayList<>(parsed.remarks());
            findings.addAll(new Lint(text, parsed, analysis, lists, anchored).findings());
            findings.sort(Comparator.comparingInt(Finding::start));
            return new CheckedQuery(parsed.query(), findings);
        } catch (QueryRefusal e) {
            return new CheckedQuery(null, List.of(e.finding()));
        }
    }
}
