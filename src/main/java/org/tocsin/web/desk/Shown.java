package org.tocsin.web.desk;

import java.util.List;

/**
 * A post as it will be on one channel.
 *
 * @param network its id
 * @param letter  its mark
 * @param about   the network, or whose rules are rehearsed, and the account
 * @param parts   what will be said, more than one for a thread; none where it cannot be said there
 * @param card    of the link; null-free: empty strings for none
 * @param faults  why it cannot be said there
 */
public record Shown(
        String channel,
        String network,
        String letter,
        String about,
        List<Part> parts,
        String card,
        String cardUrl,
        List<String> faults) {
    /**
     * @param number of a thread's part, such as {@code 1/2}; empty for a single one
     * @param images what goes with it
     * @param count by the network's own rule, with its limit
     * @param kind  of the count: {@code good}, {@code care} near the limit, {@code wrong} over it
     */
    public record Part(String text, String number, String count, String kind, String warning, List<Picture> images) {}
}
