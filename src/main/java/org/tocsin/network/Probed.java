package org.tocsin.network;

/**
 * What a look for an earlier request told, and what the look cost.
 *
 * @param result what the network said
 * @param cost   what was charged for it, or may have been; at most what {@link Network#cost(Channel, Query)} names for a probe
 */
public record Probed(FindResult result, Cost cost) {}
