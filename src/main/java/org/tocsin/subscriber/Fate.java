package org.tocsin.subscriber;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the list beside the database says of one address or account, read in order. A membership that began before it ended there has ended,
 * whatever came later: who came back has another one, which a database from before does not know. He is asked anew then.
 *
 * @param last       which address or account, and where
 * @param erased     when it was last erased; null where it never was
 * @param expired    when it was last erased by time alone; null where it never was
 * @param ended      by what a membership last ended; null where none did
 * @param shut       why nothing is sent there; null where something may be
 * @param moved      when its owner gave another address; null where he did not, or has it again
 * @param restricted since when its data is used for nothing; null where it may be used
 */
record Fate(
        LeaveLog.Line last,
        @Nullable Instant erased,
        @Nullable Instant expired,
        LeaveLog.@Nullable Line ended,
        LeaveLog.@Nullable Line shut,
        @Nullable Instant moved,
        @Nullable Instant restricted) {
    static Fate of(LeaveLog.Line first) {
        return new Fate(first, null, null, null, null, null, null).and(first);
    }

    /** @return with a line that comes after */
    Fate and(LeaveLog.Line line) {
        return switch (line.what()) {
            case LEFT, BOUNCED, COMPLAINED, IMPORTED ->
                new Fate(line, erased, expired, line, graver(line), moved, restricted);
            case ERASED -> new Fate(line, line.at(), expired, line, line, moved, restricted);
            case EXPIRED -> new Fate(line, erased, line.at(), ended, graver(line), moved, restricted);
            case BACK -> new Fate(line, erased, expired, ended, null, null, restricted);
            case MOVED -> new Fate(line, erased, expired, ended, shut, line.at(), restricted);
            case RESTRICTED -> new Fate(line, erased, expired, ended, shut, moved, line.at());
            case RELEASED -> new Fate(line, erased, expired, ended, shut, moved, null);
        };
    }

    /** Who was erased after he had left was erased, and not the other way round. */
    private LeaveLog.Line graver(LeaveLog.Line line) {
        return shut != null && shut.what() == LeaveLog.What.ERASED ? shut : line;
    }
}
