package org.tocsin.web.desk;

import java.util.ArrayList;
import java.util.List;
import org.tocsin.base.VisibleText;
import org.tocsin.watch.Hit;

/**
 * A piece of a text that was heard.
 *
 * @param hit whether a watch rang for it
 */
public record Piece(String text, boolean hit) {
    private static final int BEFORE = 90;
    private static final int MOST = 320;

    /** @return the text around the first place that matched, in pieces; its beginning where none did */
    static List<Piece> of(String text, List<Hit> hits, Hit.Field field) {
        List<Hit> here = hits.stream()
                .filter(hit -> hit.field() == field && hit.end() <= text.length())
                .sorted()
                .toList();
        int from = here.isEmpty() ? 0 : Math.max(0, here.getFirst().start() - BEFORE);
        int to = Math.min(text.length(), from + MOST);
        from = whole(text, from);
        to = whole(text, to);
        List<Piece> pieces = new ArrayList<>();
        int done = from;
        if (from > 0) {
            pieces.add(new Piece("…", false));
        }
        for (Hit hit : here) {
            if (hit.start() >= done && hit.end() <= to) {
                add(pieces, text.substring(done, hit.start()), false);
                add(pieces, text.substring(hit.start(), hit.end()), true);
                done = hit.end();
            }
        }
        add(pieces, text.substring(done, to), false);
        if (to < text.length()) {
            pieces.add(new Piece("…", false));
        }
        return pieces;
    }

    private static void add(List<Piece> pieces, String text, boolean hit) {
        if (!text.isEmpty()) {
            pieces.add(new Piece(VisibleText.of(text), hit));
        }
    }

    /** Not between the halves of one character. */
    private static int whole(String text, int at) {
        return at > 0 && at < text.length() && Character.isLowSurrogate(text.charAt(at)) ? at - 1 : at;
    }
}
