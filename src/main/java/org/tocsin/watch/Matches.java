package org.tocsin.watch;

import java.util.List;

/**
 * What an item matches.
 *
 * @param matches    in no order, each watch once
 * @param candidates how many watches were tried
 * @param complete   false where the budget ended before all were tried: some matches may be missing, and whoever asks must say so
 */
public record Matches(List<Match> matches, int candidates, boolean complete) {
    public Matches {
        matches = List.copyOf(matches);
    }
}
