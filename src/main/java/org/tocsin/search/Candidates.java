package org.tocsin.search;

import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.jspecify.annotations.Nullable;

/** Candidates of one query in order, a piece at a time. Each piece looks at the index as it is then. */
final class Candidates {
    private static final Sort RELEVANCE = new Sort(
            SortField.FIELD_SCORE,
            new SortField(Fields.TIME, SortField.Type.LONG, true),
            new SortField(Fields.ID, SortField.Type.STRING, true));

    private final MentionIndex index;
    private final Query query;
    private final boolean relevance;
    private @Nullable Cursor reached;

    Candidates(MentionIndex index, Query query, boolean relevance, @Nullable Cursor after) {
        this.index = index;
        this.query = query;
        this.relevance = relevance;
        this.reached = after;
    }

    /** @return the next ones; fewer than were asked for where there are no more */
    List<Cursor> next(int max) {
        List<Cursor> found = index.look(List.of(), searcher -> {
            Cursor from = reached;
            if (searcher.getIndexReader().maxDoc() == 0) {
                return List.of();
            }
            FieldDoc after = from == null ? null : from.after(searcher.getIndexReader(), relevance);
            // Nothing is counted, so that a search that is in the order of the index ends early.
            TopDocs top = searcher.search(
                    query, new TopFieldCollectorManager(relevance ? RELEVANCE : Generation.NEWEST, max, after, 1));
            List<Cursor> page = new ArrayList<>(top.scoreDocs.length);
            for (ScoreDoc doc : top.scoreDocs) {
                page.add(Cursor.of((FieldDoc) doc, relevance));
            }
            return page;
        });
        if (!found.isEmpty()) {
            reached = found.getLast();
        }
        return found;
    }
}
