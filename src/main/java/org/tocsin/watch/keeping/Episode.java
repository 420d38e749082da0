package org.tocsin.watch.keeping;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;
import org.tocsin.base.Message;

/**
 * A time in which much more is said than usual, or nothing.
 *
 * @param number    1 for the first of its watch
 * @param lastSeen  when it was last so
 * @param endedAt   null while it goes on
 * @param stories   in the window that began it; 0 for a silence
 * @param authors   likewise
 * @param expected  stories that are usual in that time
 * @param window    how long that window is; of a silence, how long nothing had been heard
 * @param mentionId the last that was heard then
 * @param dead      names of the sources that did not answer when it began; empty where all did
 */
public record Episode(
        BranchId branch,
        String watchId,
        long number,
        Kind kind,
        Instant beganAt,
        Instant lastSeen,
        @Nullable Instant endedAt,
        long stories,
        long authors,
        double expected,
        Duration window,
        String mentionId,
        String dead) {
    /** What is unusual. */
    public enum Kind {
        SPIKE,
        SILENCE
    }

    /** @return the name that its alert bears in place of a story */
    public String story() {
        return "spike:" + number;
    }

    /**
     * @param watch its name
     * @return what it is told as
     */
    public Message told(String watch) {
        return switch (kind) {
            case SPIKE ->
                Message.of(
                        "watching.spike",
                        "watch",
                        watch,
                        "stories",
                        stories,
                        "authors",
                        authors,
                        "minutes",
                        window.toMinutes(),
                        "expected",
                        (long) Math.ceil(expected));
            case SILENCE ->
                Message.of(
                        dead.isEmpty() ? "watching.silence" : "watching.silence.source",
                        "watch",
                        watch,
                        "hours",
                        Math.max(1, window.toHours()),
                        "expected",
                        (long) Math.ceil(expected),
                        "sources",
                        dead);
        };
    }

    Episode still(Instant now) {
        return new Episode(
                branch, watchId, number, kind, beganAt, now, null, stories, authors, expected, window, mentionId, dead);
    }

    Episode over(Instant now) {
        return new Episode(
                branch, watchId, number, kind, beganAt, lastSeen, now, stories, authors, expected, window, mentionId,
                dead);
    }
}
