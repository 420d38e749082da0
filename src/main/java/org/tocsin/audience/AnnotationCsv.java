package org.tocsin.audience;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.tocsin.base.SheetCell;

/** What was noted as a table of text (RFC 4180); a text that a spreadsheet would take for a formula begins with an apostrophe. */
public final class AnnotationCsv {
    private AnnotationCsv() {}

    /** @return the table, with its header */
    public static String write(List<Annotation> annotations) {
        StringBuilder text = new StringBuilder();
        try (CSVPrinter out = new CSVPrinter(text, CSVFormat.RFC4180)) {
            out.printRecord("date", "kind", "text");
            for (Annotation one : annotations) {
                out.printRecord(one.day(), one.kind(), SheetCell.of(one.text()));
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }
}
