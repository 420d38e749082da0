package org.tocsin.mention;

import java.time.Instant;
import java.util.Arrays;
import org.tocsin.base.BranchId;

/**
 * A mention that could not be read, and was passed over so that what follows is. It stays in the log, and is read again when its words change
 * and at each start.
 *
 * @param reason the exception and where it came from, without a word of the mention
 */
public record SetAside(String mentionId, String sourceId, BranchId branch, Step step, String reason, Instant at) {
    private static final String OURS = "org.tocsin.";

    /** What could not be done with it. */
    public enum Step {
        /** No watch was tried on it. */
        MATCH,
        /** No search finds it. */
        INDEX
    }

    /** @param cause what was thrown while it was read */
    public static SetAside of(Mention mention, Step step, Throwable cause, Instant now) {
        String where = Arrays.stream(cause.getStackTrace())
                .filter(frame -> frame.getClassName().startsWith(OURS))
                .findFirst()
                .map(frame -> " " + frame.getClassName().substring(OURS.length()) + ":" + frame.getLineNumber())
                .orElse("");
        return new SetAside(
                mention.id(),
                mention.sourceId(),
                mention.branch(),
                step,
                cause.getClass().getSimpleName() + where,
                now);
    }
}
