package org.tocsin.mention;

import org.tocsin.base.BranchId;

/** Tells whether counts of an item that is known have come to where somebody waits for them. */
@FunctionalInterface
public interface Milestones {
    /** Nobody waits for any count. */
    Milestones NONE = (branch, before, after) -> false;

    /** @return whether the item is to be matched again: something that asks for counts in that branch holds now and did not before */
    boolean passed(BranchId branch, Counts before, Counts after);
}
