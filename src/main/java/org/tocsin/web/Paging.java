package org.tocsin.web;

import org.tocsin.base.FaultException;
import org.tocsin.base.Message;

/** Pages of lists: newest first, each page after the last id of the one before. */
final class Paging {
    private static final int MAX = 200;
    private static final int USUAL = 50;

    private Paging() {}

    static int limit(Request request) {
        return request.query("limit").map(Paging::parse).orElse(USUAL);
    }

    private static int parse(String text) {
        if (!text.matches("\\d{1,3}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > MAX) {
            throw FaultException.invalid("/limit", Message.of("web.limit", "value", text, "limit", MAX));
        }
        return Integer.parseInt(text);
    }

    static String after(Request request) {
        String cursor = request.query("after").orElse("");
        if (!cursor.matches("[0-9a-f-]{0,36}")) {
            throw FaultException.invalid("/after", Message.of("web.cursor"));
        }
        return cursor;
    }
}
