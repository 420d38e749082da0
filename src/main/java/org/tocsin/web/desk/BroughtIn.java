package org.tocsin.web.desk;

import java.util.List;

/**
 * A table of subscribers or of figures that is, or was, brought in.
 *
 * @param far       how far it is
 * @param said      how it went, a line each
 * @param lines     what is said of single lines, of the part that is shown
 * @param part      which part that is
 * @param may       whether what was looked at can be brought in
 * @param statement what is kept with each person; empty for nothing
 */
public record BroughtIn(Far far, List<String> said, List<String> lines, Lines part, boolean may, String statement) {
    static final BroughtIn NONE = new BroughtIn(Far.NONE, List.of(), List.of(), Lines.NONE, false, "");

    public BroughtIn {
        said = List.copyOf(said);
        lines = List.copyOf(lines);
    }
}
