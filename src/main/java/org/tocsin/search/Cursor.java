package org.tocsin.search;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;

/**
 * After what a page begins.
 *
 * @param score of the last one before it; 0 where the newest comes first
 * @param time  when that one was written, in microseconds since 1970
 * @param id    of that one
 */
record Cursor(float score, long time, String id) {
    private static final Pattern FORM = Pattern.compile("([0-9a-f]{8})\\.(-?\\d{1,18})\\.([0-9a-f-]{1,36})");

    String text() {
        return "%08x.%d.%s".formatted(Float.floatToIntBits(score), time, id);
    }

    /** @throws FaultException INVALID where no page ended so */
    static @Nullable Cursor read(String text) {
        if (text.isEmpty()) {
            return null;
        }
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw FaultException.invalid("/next", Message.of("web.cursor"));
        }
        return new Cursor(
                Float.intBitsToFloat(Integer.parseUnsignedInt(form.group(1), 16)),
                Long.parseLong(form.group(2)),
                form.group(3));
    }

    /** @return the place in an order; the number of the document is the last, so that only the fields tell */
    FieldDoc after(IndexReader reader, boolean relevance) {
        Object[] fields =
                relevance ? new Object[] {score, time, new BytesRef(id)} : new Object[] {time, new BytesRef(id)};
        return new FieldDoc(Math.max(0, reader.maxDoc() - 1), score, fields);
    }

    static Cursor of(FieldDoc doc, boolean relevance) {
        Object[] fields = doc.fields;
        int at = relevance ? 1 : 0;
        return new Cursor(
                relevance ? (Float) fields[0] : 0, (Long) fields[at], ((BytesRef) fields[at + 1]).utf8ToString());
    }
}
