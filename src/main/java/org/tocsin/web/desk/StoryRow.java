package org.tocsin.web.desk;

import java.util.List;

/**
 * What was found, with what tells the same right after it.
 *
 * @param more   in words, how many they are; empty for none
 * @param others folded below the first
 */
public record StoryRow(HeardRow first, String more, List<HeardRow> others) {
    public StoryRow {
        others = List.copyOf(others);
    }
}
