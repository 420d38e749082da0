package org.tocsin.web.desk;

import java.util.List;

/**
 * A table of subscribers that is, or was, brought in.
 *
 * @param id      empty for none
 * @param running whether it is under way
 * @param said    how it went, a line each
 * @param lines   what is said of single lines
 * @param hidden  how many lines more there are
 * @param may     whether what was looked at can be brought in
 */
public record BroughtIn(
        String id,
        boolean running,
        long done,
        long total,
        List<String> said,
        List<String> lines,
        long hidden,
        boolean may) {
    static final BroughtIn NONE = new BroughtIn("", false, 0, 0, List.of(), List.of(), 0, false);

    public BroughtIn {
        said = List.copyOf(said);
        lines = List.copyOf(lines);
    }
}
