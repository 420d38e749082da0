package org.tocsin.web.desk;

import java.util.List;

/**
 * What becomes of the rows of a table.
 *
 * @param far   how far it is
 * @param lines of the part that is shown: first what is wrong, then the others
 * @param part  which part that is
 */
public record ImportReport(Far far, int good, int imported, int already, int faulty, List<Line> lines, Lines part) {
    static final ImportReport NONE = new ImportReport(Far.NONE, 0, 0, 0, 0, List.of(), Lines.NONE);

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
