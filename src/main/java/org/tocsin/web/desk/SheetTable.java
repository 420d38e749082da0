package org.tocsin.web.desk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;

/**
 * A table as a spreadsheet opens it by a double click: with a byte order mark, without which accents are misread, and for who reads French
 * parted by semicolons, which a French spreadsheet expects. The API keeps to RFC 4180.
 */
final class SheetTable {
    private SheetTable() {}

    /** @param table by RFC 4180, in which a text that would be a formula is told already */
    static String of(String table, Locale locale) {
        StringBuilder text = new StringBuilder("\uFEFF");
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setDelimiter(locale.getLanguage().equals("fr") ? ';' : ',')
                .get();
        try (CSVParser rows = CSVParser.parse(table, CSVFormat.RFC4180);
                CSVPrinter printer = new CSVPrinter(text, format)) {
            printer.printRecords(rows);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }
}
