package org.tocsin.web.desk;

import java.util.List;

/**
 * A part of a long report: a page shows as many lines as somebody reads, and leads to the others.
 *
 * @param path of the page
 * @param from of the first line that is shown, from 0
 * @param size of the whole report
 */
public record Lines(String path, int from, int size) {
    /** More than these nobody reads at once. */
    public static final int SHOWN = 100;

    /** Nothing is said of single lines. */
    static final Lines NONE = new Lines("", 0, 0);

    /** @return the part that was asked for; the first where it was none */
    static Lines of(Visit visit, String path, int size) {
        int asked = visit.query("from")
                .filter(text -> text.matches("\\d{1,6}"))
                .map(Integer::parseInt)
                .orElse(0);
        return new Lines(path, asked >= size ? 0 : asked / SHOWN * SHOWN, size);
    }

    /** @return those of this part */
    <T> List<T> of(List<T> all) {
        return all.subList(from, to());
    }

    /** @return after the last line that is shown */
    public int to() {
        return Math.min(size, from + SHOWN);
    }

    /** @return where the part before is; empty for none */
    public String before() {
        return from == 0 ? "" : path + "?from=" + (from - SHOWN) + "#report";
    }

    /** @return where the next part is; empty for none */
    public String after() {
        return to() >= size ? "" : path + "?from=" + to() + "#report";
    }
}
