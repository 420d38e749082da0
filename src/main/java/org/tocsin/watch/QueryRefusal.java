package org.tocsin.watch;

import org.tocsin.base.Message;

/** Ends the reading of a watch at its first fault; never leaves the package. */
final class QueryRefusal extends RuntimeException {
    private final transient Finding finding;

    /** Says where by the arguments {@code at}, counted from 1, and {@code text}, the piece meant. */
    QueryRefusal(String query, int start, int end, String code, Object... pairs) {
        super(code, null, false, false);
        this.finding = new Finding(true, start, end, message(query, start, end, code, pairs));
    }

    static Message message(String query, int start, int end, String code, Object... pairs) {
        Object[] all = new Object[pairs.length + 4];
        System.arraycopy(pairs, 0, all, 4, pairs.length);
        all[0] = "at";
        all[1] = start + 1;
        all[2] = "text";
        all[3] = query.substring(Math.min(start, query.length()), Math.min(end, query.length()));
        return Message.of(code, all);
    }

    Finding finding() {
        return finding;
    }
}
