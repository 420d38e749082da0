package org.tocsin.web.desk;

import java.util.List;
import java.util.function.IntFunction;

/**
 * One page of a long list.
 *
 * @param items of this page
 * @param links to the page before and after, where there is one
 */
public record Pages<T>(List<T> items, Links links) {
    /**
     * The neighbours of a page.
     *
     * @param before its address; empty where this is the first
     * @param after  likewise
     * @param from   the number of the first item, from 1
     * @param to     the number of the last
     * @param of     how many there are
     */
    public record Links(String before, String after, int from, int to, int of) {
        /** @return whether there is anything to turn */
        public boolean several() {
            return !before.isEmpty() || !after.isEmpty();
        }
    }

    /**
     * @param wanted the number of the page, from 1; what is no number, or too large, is the first or the last
     * @param size   how many are on a page
     * @param link   makes the address of a page
     */
    static <T> Pages<T> of(List<T> all, String wanted, int size, IntFunction<String> link) {
        int last = Math.max(1, (all.size() + size - 1) / size);
        int page = wanted.matches("\\d{1,6}") ? Math.clamp(Integer.parseInt(wanted), 1, last) : 1;
        int from = (page - 1) * size;
        int to = Math.min(all.size(), from + size);
        return new Pages<>(
                all.subList(from, to),
                new Links(
                        page == 1 ? "" : link.apply(page - 1),
                        page == last ? "" : link.apply(page + 1),
                        Math.min(from + 1, to),
                        to,
                        all.size()));
    }
}
