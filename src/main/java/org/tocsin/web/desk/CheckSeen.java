package org.tocsin.web.desk;

import java.util.ArrayList;
import java.util.List;
import org.tocsin.watch.CheckedQuery;
import org.tocsin.watch.Finding;

/**
 * Words of a watch that were looked over, as a person sees them.
 *
 * @param plain    what they mean; empty where they cannot be read
 * @param pieces   the words, with those that something is said about
 * @param errors   why they cannot be saved
 * @param remarks  what their author may want to know
 */
public record CheckSeen(String plain, List<Piece> pieces, List<String> errors, List<String> remarks) {
    public CheckSeen {
        pieces = List.copyOf(pieces);
        errors = List.copyOf(errors);
        remarks = List.copyOf(remarks);
    }

    static CheckSeen of(Visit visit, String query, CheckedQuery checked, String plain) {
        return new CheckSeen(
                plain, pieces(query, checked.findings()), said(visit, checked, true), said(visit, checked, false));
    }

    private static List<String> said(Visit visit, CheckedQuery checked, boolean error) {
        return checked.findings().stream()
                .filter(finding -> finding.error() == error)
                .map(Finding::message)
                .map(visit::said)
                .toList();
    }

    private static List<Piece> pieces(String query, List<Finding> findings) {
        boolean[] marked = new boolean[query.length()];
        for (Finding finding : findings) {
            for (int i = Math.max(0, finding.start()); i < Math.min(query.length(), finding.end()); i++) {
                marked[i] = true;
            }
        }
        List<Piece> pieces = new ArrayList<>();
        int from = 0;
        for (int i = 1; i <= query.length(); i++) {
            if (i == query.length() || marked[i] != marked[from]) {
                pieces.add(new Piece(query.substring(from, i), marked[from]));
                from = i;
            }
        }
        return pieces;
    }
}
