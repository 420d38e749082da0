package org.tocsin.search;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.analysis.Analysis;

/**
 * The index of the log, in numbered folders: the highest is written, and where it is being built, the one before it answers until then. Its
 * folder may be taken away at any time.
 */
public final class MentionIndex implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(MentionIndex.class);

    private final Path folder;
    private final Stamp empty;
    private volatile @Nullable Generation current;
    private volatile @Nullable Former former;
    private int last;

    /**
     * @param folder   where it lies; it need not be there
     * @param database names the database whose log it is
     */
    public MentionIndex(Path folder, String database) {
        this.folder = folder;
        this.empty = new Stamp(0, Fields.SCHEMA, Analysis.VERSION, database, false);
    }

    /** One that is only read. */
    private record Former(Path folder, Directory directory, SearcherManager searchers) {
        void close() {
            try (directory) {
                searchers.close();
            } catch (IOException | AlreadyClosedException e) {
                log.atDebug().setCause(e).log("the former index was not closed in order");
            }
        }
    }

    /**
     * Opens what is there, or begins anew; one that is open is left as it is.
     *
     * @param newest the last number of the log: an index that knows more is of another log
     * @throws IOException where it can be neither read nor made
     */
    synchronized void open(long newest) throws IOException {
        Generation open = current;
        if (open != null && open.isThere()) {
            return;
        }
        if (open != null) {
            log.warn("the folder of the index of what was heard has gone");
            retire();
        }
        Files.createDirectories(folder);
        List<Integer> numbers = numbers();
        if (!numbers.isEmpty()) {
            last = Math.max(last, numbers.getFirst());
        }
        Generation opened = numbers.isEmpty() ? null : reopened(folder(numbers.getFirst()), newest);
        if (opened == null) {
            if (newest > 0 || !numbers.isEmpty()) {
                log.atInfo().addKeyValue("upTo", newest).log("the index of what was heard is built anew from the log");
            }
            opened = Generation.open(folder(last + 1), empty);
        }
        current = opened;
        Former served = former;
        if (opened.stamp().whole()) {
            former = null;
        } else if (served == null) {
            former = former(numbers, opened.folder(), newest);
        }
        if (served != null && former == null) {
            served.close();
        }
        Path kept = opened.folder();
        Former old = former;
        numbers.stream()
                .map(this::folder)
                .filter(one -> !one.equals(kept) && (old == null || !one.equals(old.folder())))
                .forEach(MentionIndex::remove);
    }

    private Path folder(int number) {
        return folder.resolve(String.valueOf(number));
    }

    /** Writes no longer, and answers on until another one can. */
    private void retire() {
        Generation open = current;
        current = null;
        if (open == null) {
            return;
        }
        Former served = former;
        if (open.stamp().whole() && served == null) {
            former = new Former(open.folder(), open.directory(), open.searchers());
            open.abandon();
        } else {
            open.close();
        }
    }

    /** Says that it could not be written: the next opening begins where the last commit ended. */
    synchronized void fail() {
        retire();
    }

    private boolean isOurs(Stamp stamp, long newest) {
        return stamp.database().equals(empty.database()) && stamp.seq() <= newest;
    }

    private @Nullable Generation reopened(Path one, long newest) throws IOException {
        Stamp stamp = Stamp.of(one).orElse(null);
        if (stamp == null || !stamp.speaks(empty) || !isOurs(stamp, newest)) {
            return null;
        }
        try {
            return Generation.open(one, stamp);
        } catch (CorruptIndexException
                | IndexFormatTooOldException
                | IndexFormatTooNewException
                | NoSuchFileException
                | FileNotFoundException
                | EOFException
                | IllegalArgumentException e) {
            log.atWarn().setCause(e).log("the index of what was heard is damaged");
            return null;
        }
    }

    private @Nullable Former former(List<Integer> numbers, Path kept, long newest) {
        for (int number : numbers) {
            Path one = folder(number);
            Optional<Stamp> stamp = one.equals(kept) ? Optional.empty() : Stamp.of(one);
            if (stamp.filter(said -> said.whole() && isOurs(said, newest)).isPresent()) {
                try {
                    FSDirectory directory = FSDirectory.open(one);
                    return new Former(one, directory, new SearcherManager(directory, new Searchers()));
                } catch (IOException | IllegalArgumentException unreadable) {
                    log.atDebug().setCause(unreadable).log("the former index cannot be read");
                }
            }
        }
        return null;
    }

    private List<Integer> numbers() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(one -> one.getFileName().toString())
                    .filter(name -> name.matches("\\d{1,9}"))
                    .map(Integer::valueOf)
                    .sorted(Comparator.reverseOrder())
                    .toList();
        }
    }

    private static void remove(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(one);
            }
        } catch (IOException | UncheckedIOException e) {
            log.atWarn().setCause(e).addKeyValue("folder", folder).log("a former index cannot be removed");
        }
    }

    /** @return the one that is written; empty where none can be */
    Optional<Generation> written() {
        return Optional.ofNullable(current);
    }

    /** @return whether its files are still where they were, or it was not opened */
    boolean isThere() {
        Generation open = current;
        return open == null || open.isThere();
    }

    /** @return up to which number of the log it has everything */
    long seq() {
        Generation open = current;
        return open == null ? 0 : open.stamp().seq();
    }

    /** @return up to which number of the log a search finds everything; 0 while it is being built */
    public long visible() {
        Generation open = current;
        return open == null || !open.stamp().whole() ? 0 : open.visible();
    }

    /** @return whether it has all of the log, but for the last moments */
    public boolean whole() {
        Generation open = current;
        return open != null && open.stamp().whole();
    }

    /** See {@link Generation#apply}. */
    synchronized Map<String, RuntimeException> apply(Map<String, Document> documents, Iterable<String> gone, long seq)
            throws IOException {
        return required().apply(documents, gone, seq);
    }

    /** Says that it has caught up with the log; the former one is not needed any longer. */
    synchronized void complete() throws IOException {
        Generation open = required();
        open.complete();
        open.commit();
        open.refresh();
        Former old = former;
        former = null;
        if (old != null) {
            old.close();
            if (!old.folder().equals(open.folder())) {
                remove(old.folder());
            }
        }
        if (open.stamp().seq() > 0) {
            log.atInfo().addKeyValue("upTo", open.stamp().seq()).log("the index of what was heard has the whole log");
        }
    }

    synchronized void refresh() throws IOException {
        required().refresh();
    }

    /** What comes meanwhile is taken and becomes visible. */
    void commit() throws IOException {
        required().commit();
    }

    /** @return whether its files hold what was deleted or changed */
    synchronized boolean holdsDeleted() {
        Generation open = current;
        return open != null && open.holdsDeleted();
    }

    /** See {@link Generation#purge}. @return whether there is no other index whose files may hold it */
    synchronized boolean purge() throws IOException {
        required().purge();
        return former == null;
    }

    private synchronized Generation required() throws IOException {
        Generation open = current;
        if (open == null) {
            throw new IOException("the index is not open");
        }
        return open;
    }

    /** Work on a searcher. */
    @FunctionalInterface
    interface Look<R> {
        R at(IndexSearcher searcher) throws IOException;
    }

    /** @return what the work found, or what it is otherwise where there is no index now */
    <R> R look(R otherwise, Look<R> work) {
        for (int tries = 0; tries < 3; tries++) {
            Former old = former;
            Generation open = current;
            SearcherManager searchers = old != null ? old.searchers() : open != null ? open.searchers() : null;
            if (searchers == null) {
                return otherwise;
            }
            try {
                IndexSearcher searcher = searchers.acquire();
                try {
                    return work.at(searcher);
                } finally {
                    searchers.release(searcher);
                }
            } catch (AlreadyClosedException swapped) {
                log.atDebug().setCause(swapped).log("the index was swapped beneath a search");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return otherwise;
    }

    /** Closes what is open, without a commit: the next opening begins where the last commit ended. */
    synchronized void shut() {
        Generation open = current;
        current = null;
        if (open != null) {
            open.close();
        }
        Former old = former;
        former = null;
        if (old != null) {
            old.close();
        }
    }

    @Override
    public synchronized void close() {
        try {
            if (current != null && isThere()) {
                commit();
            }
        } catch (IOException | RuntimeException e) {
            log.atWarn()
                    .setCause(e)
                    .log("the index was not committed at the stop: the rest is read again at the start");
        }
        shut();
    }
}
