package org.tocsin.sql;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.tocsin.mention.HeardItem;
import org.tocsin.mention.Mention;

/**
 * The end of the log of mentions in memory: two readers follow the writer, and to read from the database what was written a moment before
 * costs more than to match it. It answers only where it holds everything without a hole up to the newest number of the reader's own
 * transaction, so that it says what the database would say there. Edits and deletions take numbers that it is not told of: these are holes,
 * and what was before them is forgotten. Safe for use by several threads.
 */
final class RecentLog {
    private static final int MOST = 2_000;
    /** Characters: a megabyte or four, however long what is heard is. */
    private static final int MOST_CHARACTERS = 1_000_000;

    private final Deque<Mention> kept;
    private long characters;

    RecentLog() {
        this.kept = new ArrayDeque<>();
    }

    /** Told of what was added, in the order of the log, once it is committed. */
    synchronized void add(List<Mention> added) {
        for (Mention mention : added) {
            if (!kept.isEmpty() && kept.getLast().changeSeq() + 1 != mention.changeSeq()) {
                clear();
            }
            if (!stored(mention.heard())) {
                clear();
                continue;
            }
            kept.addLast(mention);
            characters += weight(mention.heard());
            while (kept.size() > MOST || characters > MOST_CHARACTERS) {
                characters -= weight(kept.removeFirst().heard());
            }
        }
    }

    /** Only the database knows what was there until now. */
    synchronized void forget() {
        clear();
    }

    private void clear() {
        kept.clear();
        characters = 0;
    }

    /**
     * @param newest the last number of the log, as the caller's transaction sees it
     * @return what comes after a number, in order; empty where only the database knows
     */
    synchronized Optional<List<Mention>> after(long changeSeq, long newest, int max) {
        if (changeSeq >= newest) {
            return Optional.of(List.of());
        }
        if (kept.isEmpty()
                || kept.getFirst().changeSeq() > changeSeq + 1
                || kept.getLast().changeSeq() < newest) {
            return Optional.empty();
        }
        List<Mention> found = new ArrayList<>();
        Iterator<Mention> from = newest - changeSeq < kept.size() / 2 ? backTo(changeSeq) : kept.iterator();
        while (from.hasNext() && found.size() < max) {
            Mention mention = from.next();
            if (mention.changeSeq() > newest) {
                break;
            }
            if (mention.changeSeq() > changeSeq) {
                found.add(mention);
            }
        }
        return Optional.of(found);
    }

    /** Most readers are near the end. */
    private Iterator<Mention> backTo(long changeSeq) {
        List<Mention> last = new ArrayList<>();
        Iterator<Mention> back = kept.descendingIterator();
        while (back.hasNext()) {
            Mention mention = back.next();
            if (mention.changeSeq() <= changeSeq) {
                break;
            }
            last.add(mention);
        }
        return last.reversed().iterator();
    }

    private static long weight(HeardItem item) {
        return texts(item).mapToLong(String::length).sum();
    }

    /** @return whether it is read as it was written: half a pair of surrogates has no UTF-8 form */
    private static boolean stored(HeardItem item) {
        return texts(item).allMatch(RecentLog::whole);
    }

    private static Stream<String> texts(HeardItem item) {
        Stream<String> single = Stream.of(
                        Optional.of(item.text()),
                        Optional.ofNullable(item.title()),
                        Optional.ofNullable(item.url()),
                        Optional.ofNullable(item.author().name()),
                        Optional.ofNullable(item.author().handle()))
                .flatMap(Optional::stream);
        return Stream.of(single, item.tags().stream(), item.mentioned().stream(), item.links().stream())
                .flatMap(text -> text);
    }

    private static boolean whole(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isHighSurrogate(text.charAt(i))) {
                i++;
                if (i == text.length() || !Character.isLowSurrogate(text.charAt(i))) {
                    return false;
                }
            } else if (Character.isLowSurrogate(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }
}
