package org.tocsin.web.desk;

import java.util.List;

/** The deliveries of a post, in one line of a list. */
public record Group(String postId, String text, List<Row> rows) {
    /** @return whether all of it was taken back */
    public boolean gone() {
        return rows.stream().allMatch(Row::gone);
    }
}
