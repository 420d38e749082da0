package org.tocsin.search;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.NRTCachingDirectory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One index on disk, open. One thread at a time writes, another one may make durable beside it; any number search. */
final class Generation implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Generation.class);

    /**
     * What becomes visible several times a second is merged before it is committed mostly: so long it is no file. A kill loses no more than before, for what
     * is not committed is read again from the log.
     */
    private static final double SMALL_MB = 4;

    /** In the heap, of which a container has 256 MB: twice what five seconds of the fastest listening make. */
    private static final double HELD_MB = 16;
    /**
     * From that size on a segment is merged with its like only. Lucene's own bound is 16 MB, at which all that was heard in a minute is written anew
     * with each small segment that becomes visible.
     */
    private static final double FLOOR_MB = 1;

    /** Newest first; the id tells two of the same moment apart. */
    static final Sort NEWEST = new Sort(
            new SortField(Fields.TIME, SortField.Type.LONG, true),
            new SortField(Fields.ID, SortField.Type.STRING, true));

    private final Path folder;
    private final Directory directory;
    private final IndexWriter writer;
    private final SearcherManager searchers;
    private final Object committing;
    private volatile Stamp stamp;
    private volatile long visible;
    /** No id of a document is greater. */
    private String greatest;

    private volatile boolean dirty;

    private Generation(
            Path folder,
            Directory directory,
            IndexWriter writer,
            SearcherManager searchers,
            Stamp stamp,
            String greatest) {
        this.folder = folder;
        this.directory = directory;
        this.writer = writer;
        this.searchers = searchers;
        this.committing = new Object();
        this.stamp = stamp;
        this.visible = stamp.seq();
        this.greatest = greatest;
    }

    /** Opens it as it was committed last, or makes it, empty. */
    static Generation open(Path folder, Stamp stamp) throws IOException {
        Files.createDirectories(folder);
        Directory directory = new NRTCachingDirectory(FSDirectory.open(folder), SMALL_MB, HELD_MB);
        IndexWriter writer = null;
        try {
            IndexWriterConfig config = new IndexWriterConfig()
                    .setSimilarity(new Relevance())
                    .setIndexSort(NEWEST)
                    // What is deleted stays in its segment until that is merged: one such document is reason enough.
                    .setMergePolicy(new TieredMergePolicy()
                            .setForceMergeDeletesPctAllowed(0)
                            .setFloorSegmentMB(FLOOR_MB))
                    .setCommitOnClose(false);
            writer = new IndexWriter(directory, config);
            if (!writer.hasUncommittedChanges() && writer.getDocStats().maxDoc == 0) {
                writer.setLiveCommitData(stamp.data().entrySet());
                writer.commit();
            }
            SearcherManager searchers = new SearcherManager(writer, new Searchers());
            return new Generation(folder, directory, writer, searchers, stamp, greatest(searchers));
        } catch (IOException | RuntimeException e) {
            if (writer != null) {
                writer.rollback();
            }
            directory.close();
            throw e;
        }
    }

    private static String greatest(SearcherManager searchers) throws IOException {
        IndexSearcher searcher = searchers.acquire();
        try {
            String greatest = "";
            for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
                SortedDocValues ids = DocValues.getSorted(leaf.reader(), Fields.ID);
                if (ids.getValueCount() > 0) {
                    String last = ids.lookupOrd(ids.getValueCount() - 1).utf8ToString();
                    greatest = last.compareTo(greatest) > 0 ? last : greatest;
                }
            }
            return greatest;
        } finally {
            searchers.release(searcher);
        }
    }

    Path folder() {
        return folder;
    }

    Stamp stamp() {
        return stamp;
    }

    /** @return up to which number of the log a search finds everything */
    long visible() {
        return visible;
    }

    Directory directory() {
        return directory;
    }

    SearcherManager searchers() {
        return searchers;
    }

    /** @return whether its files are still where they were */
    boolean isThere() {
        return Files.exists(folder.resolve(IndexWriter.WRITE_LOCK_NAME));
    }

    /**
     * Puts documents in the place of those with the same id.
     *
     * @param documents by id
     * @param gone      ids
     * @param seq       up to which number of the log this is everything
     * @return why those are not in the index that Lucene takes for no documents, such as one with a term of more than 32,766 bytes
     */
    Map<String, RuntimeException> apply(Map<String, Document> documents, Iterable<String> gone, long seq)
            throws IOException {
        Map<String, RuntimeException> refused = new HashMap<>();
        for (Map.Entry<String, Document> one : documents.entrySet()) {
            String id = one.getKey();
            try {
                // To look for what was there before costs as much as all else, and ids mostly grow.
                if (id.compareTo(greatest) > 0) {
                    greatest = id;
                    writer.addDocument(one.getValue());
                } else {
                    writer.updateDocument(new Term(Fields.ID, id), one.getValue());
                }
            } catch (IllegalArgumentException e) {
                refused.put(id, e);
                writer.deleteDocuments(new Term(Fields.ID, id));
            }
        }
        for (String id : gone) {
            writer.deleteDocuments(new Term(Fields.ID, id));
        }
        stamp = stamp.at(seq);
        dirty = true;
        return refused;
    }

    /** Makes what was applied visible. */
    void refresh() throws IOException {
        long seq = stamp.seq();
        searchers.maybeRefreshBlocking();
        visible = Math.max(visible, seq);
    }

    /** Says that it has caught up with the log. */
    void complete() {
        stamp = stamp.complete();
        dirty = true;
    }

    /**
     * Makes what was applied durable. What is applied meanwhile may become so with it, without being in what is said of how far that goes: it
     * is read again then, and takes its own place.
     */
    void commit() throws IOException {
        synchronized (committing) {
            if (dirty) {
                dirty = false;
                writer.setLiveCommitData(stamp.data().entrySet());
                writer.commit();
            }
        }
    }

    /** @return whether its files hold what was deleted or changed */
    boolean holdsDeleted() {
        return writer.hasDeletions();
    }

    /** Writes anew every segment that holds what was deleted, and removes the files of before. */
    void purge() throws IOException {
        writer.forceMergeDeletes(true);
        dirty = true;
        commit();
        refresh();
        writer.deleteUnusedFiles();
    }

    /** Writes no longer; what was not committed is dropped, and searches go on with what they saw. */
    void abandon() {
        try {
            writer.rollback();
        } catch (IOException | RuntimeException e) {
            // Where the disk is full or the files were taken away, there is nothing to end in order.
            log.atDebug().setCause(e).log("a writer was not closed in order");
        }
    }

    /** What was not committed is dropped. */
    @Override
    public void close() {
        try (directory) {
            searchers.close();
            writer.rollback();
        } catch (IOException | RuntimeException e) {
            // Where the files were taken away, there is nothing to close in order.
            log.atDebug().setCause(e).log("an index was not closed in order");
        }
    }
}
