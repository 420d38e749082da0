package org.tocsin.watch.keeping;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;

/**
 * Finds the story that was told in nearly the same words. It is looked for in memory, which holds the end of what the rows say and nothing
 * that is not committed; what the open transaction has told itself stands beside it. What is found is true only while its row is there: an
 * erasure takes that, and says nothing here. Safe for use by several threads.
 */
final class NearStories {
    /** So many that have a word or a band in common are compared, the newest first: the work on one mention is bounded. */
    private static final int MOST_COMPARED = 40;

    /** Told again in the very same words within that time, it is not written again. */
    private static final Duration SAME = Duration.ofMinutes(10);

    private static final Logger log = LoggerFactory.getLogger(NearStories.class);

    private final AlertRepository alerts;
    private final Shelf shelf;
    private List<Shelf.Entry> own;
    private @Nullable Tx open;
    private long read;

    NearStories(AlertRepository alerts) {
        this.alerts = alerts;
        this.shelf = new Shelf();
        this.own = new ArrayList<>();
    }

    /** Reads what was told before this start; what is not read so is read in the first transaction that asks. */
    synchronized void recall(Tx tx) {
        committed(entries(alerts.likes(tx, read, Shelf.MOST)));
    }

    /** @return the story that was told last in nearly the same words, since then */
    synchronized Optional<String> find(Tx tx, BranchId branch, Traits traits, Instant since) {
        follow(tx);
        for (Traits.Mark mark : traits.marks()) {
            Shelf.Entry found = find(
                    branch,
                    mark,
                    entry -> !entry.at().isBefore(since)
                            && traits.alike(entry.traits(), mark)
                            && alerts.isLike(tx, entry.id()));
            if (found != null) {
                return Optional.of(found.storyId());
            }
        }
        return Optional.empty();
    }

    /** Says that a story was told again. */
    synchronized void told(Tx tx, BranchId branch, Traits traits, String storyId, Instant now) {
        follow(tx);
        List<Traits.Mark> marks = traits.marks();
        if (marks.isEmpty()) {
            return;
        }
        Shelf.Entry same = find(
                branch,
                marks.getFirst(),
                entry -> entry.storyId().equals(storyId)
                        && entry.traits().equals(traits)
                        && !entry.at().isBefore(now.minus(SAME))
                        && alerts.isLike(tx, entry.id()));
        if (same == null) {
            long id = alerts.like(tx, branch, traits.written(), storyId, now);
            own.add(Shelf.Entry.of(id, branch, traits, storyId, now));
        }
    }

    private Shelf.@Nullable Entry find(BranchId branch, Traits.Mark mark, Predicate<Shelf.Entry> wanted) {
        for (Shelf.Entry entry : own.reversed()) {
            if (entry.branch().equals(branch) && entry.marks().contains(mark) && wanted.test(entry)) {
                return entry;
            }
        }
        return shelf.find(branch, mark, MOST_COMPARED, wanted);
    }

    /** What was told in a transaction that was rolled back is in no row: each one begins with what the rows say. */
    @SuppressWarnings("ReferenceEquality")
    private void follow(Tx tx) {
        if (tx != open) {
            open = tx;
            List<Shelf.Entry> mine = new ArrayList<>(entries(alerts.likes(tx, read, Shelf.MOST)));
            own = mine;
            tx.afterCommit(() -> committed(mine));
        }
    }

    private synchronized void committed(List<Shelf.Entry> entries) {
        for (Shelf.Entry entry : entries) {
            if (entry.id() > read) {
                shelf.add(entry);
                read = entry.id();
            }
        }
        open = null;
    }

    private static List<Shelf.Entry> entries(List<AlertRepository.Like> likes) {
        return likes.stream()
                .map(like -> Shelf.Entry.of(like.id(), like.branch(), traits(like), like.storyId(), like.at()))
                .toList();
    }

    private static Traits traits(AlertRepository.Like like) {
        try {
            return Traits.read(like.traits());
        } catch (IllegalArgumentException e) {
            log.atWarn().setCause(e).addKeyValue("story", like.storyId()).log("what a story is like cannot be read");
            return Traits.NONE;
        }
    }
}
