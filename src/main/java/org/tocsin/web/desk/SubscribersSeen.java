package org.tocsin.web.desk;

import java.util.List;

/**
 * Some of the subscribers, and by what they were chosen.
 *
 * @param rows   of this page
 * @param next   address of the page after it; empty for none
 * @param picks  what can be chosen by
 * @param picked whether anything is chosen
 * @param table  address of the same as a table
 */
public record SubscribersSeen(List<SubscriberRow> rows, String next, List<Pick> picks, boolean picked, String table) {
    public SubscribersSeen {
        rows = List.copyOf(rows);
        picks = List.copyOf(picks);
    }

    /**
     * A choice.
     *
     * @param name   of the field
     * @param label  for people
     * @param values that are possible
     * @param chosen the one that is chosen; empty for all
     */
    public record Pick(String name, String label, List<Choice> values, String chosen) {
        public Pick {
            values = List.copyOf(values);
        }
    }
}
