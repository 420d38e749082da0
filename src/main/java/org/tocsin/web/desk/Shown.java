package org.tocsin.web.desk;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A post as it will be on one channel.
 *
 * @param network its id
 * @param letter  its mark
 * @param about   the network, or whose rules are rehearsed, and the account
 * @param parts   what will be said, more than one for a thread; none where it cannot be said there
 * @param card    of the link; null for none
 * @param faults  why it cannot be said there
 */
public record Shown(
        String channel,
        String network,
        String letter,
        String about,
        List<Part> parts,
        @Nullable Card card,
        List<String> faults) {
    /**
     * The card of a link, as it goes out.
     *
     * @param text    may be empty
     * @param picture where we serve it; empty for none
     */
    public record Card(String title, String text, String url, String picture) {}

    /** @return the same, of which something else is said beside its name */
    Shown about(String other) {
        return new Shown(channel, network, letter, other, parts, card, faults);
    }

    /** @return the same without faults that are told above it */
    Shown without(List<String> told, String above) {
        List<String> left =
                faults.stream().filter(fault -> !told.contains(fault)).toList();
        return new Shown(
                channel,
                network,
                letter,
                about,
                parts,
                card,
                left.isEmpty() && !faults.isEmpty() ? List.of(above) : left);
    }

    /**
     * @param number of a thread's part, such as {@code 1/2}; empty for a single one
     * @param images what goes with it
     * @param count by the network's own rule, with its limit
     * @param kind  of the count: {@code good}, {@code care} near the limit, {@code wrong} over it
     */
    public record Part(String text, String number, String count, String kind, String warning, List<Picture> images) {}
}
