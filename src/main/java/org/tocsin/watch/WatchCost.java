package org.tocsin.watch;

/**
 * What a watch has cost since it was last saved, for the log of slow watches; taken from a sample of the items.
 *
 * @param runs  how many items it was tried on
 * @param nanos what that took in all
 */
public record WatchCost(String id, long version, long runs, long nanos) {}
