package org.tocsin.base;

import java.util.Objects;

/**
 * The part of the organisation (national, department, town) that owns a post, a channel, a source, a watch or a subscriber.
 *
 * @param value the id, never blank
 */
public record BranchId(String value) {
    /** The one branch of a fresh install. */
    public static final BranchId MAIN = new BranchId("main");

    public BranchId {
        Objects.requireNonNull(value);
        if (value.isBlank()) {
            throw new IllegalArgumentException("a branch id is not blank");
        }
    }
}
