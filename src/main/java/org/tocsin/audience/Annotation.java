package org.tocsin.audience;

import java.time.Instant;
import java.time.LocalDate;
import org.tocsin.base.BranchId;

/**
 * What happened on a day, beside the figures.
 *
 * @param id        UUIDv7
 * @param branch    the owner
 * @param day       in the organisation's zone
 * @param text      1 to {@value #MAX_TEXT} characters, on one line
 * @param createdAt when it was first noted
 * @param version   counts its changes
 */
public record Annotation(
        String id, BranchId branch, LocalDate day, Kind kind, String text, Instant createdAt, long version) {
    /** The longest text, in code points. */
    public static final int MAX_TEXT = 120;

    /** The sorts. */
    public enum Kind {
        MEETING,
        LEAFLET,
        TV,
        OTHER
    }
}
