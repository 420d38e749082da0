package org.tocsin.web.desk;

import java.util.List;

/**
 * What becomes of the rows of a table.
 *
 * @param done   whether the good rows were brought in, not only looked at
 * @param lines  the first of what is wrong, then of the others
 * @param hidden how many more rows there are
 */
public record ImportReport(
        boolean done, int good, int imported, int already, int faulty, List<Line> lines, int hidden) {
    public ImportReport {
        lines = List.copyOf(lines);
    }

    /**
     * A row.
     *
     * @param kind   the colour of what becomes of it
     * @param sign   the shape
     * @param word   in words
     * @param postId empty where it is none yet
     * @param when   when it goes out, and where; may be empty
     * @param said   what is wrong, by column, or what the author should know
     */
    public record Line(
            int row,
            String kind,
            String sign,
            String word,
            String postId,
            String text,
            String when,
            List<String> said) {
        public Line {
            said = List.copyOf(said);
        }
    }
}
