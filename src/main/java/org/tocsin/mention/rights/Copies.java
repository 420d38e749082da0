package org.tocsin.mention.rights;

/** What holds words beside the rows, and lets go of them later: the index, the log of the store. */
@FunctionalInterface
public interface Copies {
    /**
     * Removes from every copy what is gone from the rows.
     *
     * @param seq the number of the log up to which that must be so
     * @return whether it is; else it is to be asked again a little later
     */
    boolean clean(long seq);
}
