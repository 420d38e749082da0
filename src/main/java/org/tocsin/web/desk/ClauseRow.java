package org.tocsin.web.desk;

import java.util.List;
import org.tocsin.watch.Explanation;

/**
 * Why a clause of a watch holds, or does not, in words.
 *
 * @param parts the same of its own clauses
 */
public record ClauseRow(String clause, boolean matched, String why, List<ClauseRow> parts) {
    public ClauseRow {
        parts = List.copyOf(parts);
    }

    static ClauseRow of(Visit visit, Explanation one) {
        return new ClauseRow(
                one.clause(),
                one.matched(),
                visit.said(one.why()),
                one.parts().stream().map(part -> of(visit, part)).toList());
    }
}
