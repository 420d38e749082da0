package org.tocsin.subscriber;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.DuplicateHeaderMode;
import org.apache.commons.csv.QuoteMode;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;
import org.tocsin.base.SheetCell;

/** Subscribers as a table of text (RFC 4180), in and out. */
final class SubscriberTable {
    /** What other tools call the columns. */
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("address", "address"),
            Map.entry("adresse", "address"),
            Map.entry("email", "address"),
            Map.entry("e-mail", "address"),
            Map.entry("mail", "address"),
            Map.entry("courriel", "address"),
            Map.entry("email address", "address"),
            Map.entry("adresse e-mail", "address"),
            Map.entry("name", "name"),
            Map.entry("nom", "name"),
            Map.entry("language", "language"),
            Map.entry("langue", "language"),
            Map.entry("state", "state"),
            Map.entry("topics", "topics"),
            Map.entry("thèmes", "topics"));

    /** All quoted: what has another separator in it stays one cell. */
    private static final CSVFormat OUT =
            CSVFormat.RFC4180.builder().setQuoteMode(QuoteMode.ALL).get();

    private SubscriberTable() {}

    /**
     * A line.
     *
     * @param line  as a person counts them, the heading being 1
     * @param cells by the name of the column; only those that are known
     */
    record Row(long line, Map<String, String> cells) {
        String get(String column) {
            return cells.getOrDefault(column, "").strip();
        }
    }

    /** @throws FaultException INVALID where there is no column of addresses, or it is no table */
    static List<Row> read(String text, int most) {
        String table = text.startsWith("\uFEFF") ? text.substring(1) : text;
        String heading = table.lines().findFirst().orElse("");
        char separator = heading.indexOf(';') >= 0 ? ';' : heading.indexOf('\t') >= 0 ? '\t' : ',';
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setDelimiter(separator)
                .setHeader()
                .setSkipHeaderRecord(true)
                .setAllowMissingColumnNames(true)
                .setDuplicateHeaderMode(DuplicateHeaderMode.ALLOW_ALL)
                .setIgnoreEmptyLines(true)
                .get();
        try (CSVParser parser = CSVParser.parse(new StringReader(table), format)) {
            Map<Integer, String> columns = new HashMap<>();
            List<String> names = parser.getHeaderNames();
            for (int i = 0; i < names.size(); i++) {
                String known = NAMES.get(names.get(i).strip().toLowerCase(Locale.ROOT));
                if (known != null && !columns.containsValue(known)) {
                    columns.put(i, known);
                }
            }
            if (!columns.containsValue("address")) {
                throw FaultException.invalid("/table", Message.of("signup.import.column"));
            }
            List<Row> rows = new ArrayList<>();
            for (CSVRecord record : parser) {
                if (rows.size() >= most) {
                    throw FaultException.invalid("/table", Message.of("signup.import.long", "limit", most));
                }
                Map<String, String> cells = new HashMap<>();
                columns.forEach((index, name) -> {
                    if (index < record.size()) {
                        cells.put(name, SheetCell.read(record.get(index)));
                    }
                });
                rows.add(new Row(record.getRecordNumber() + 1, cells));
            }
            return rows;
        } catch (CSVException | UncheckedIOException | IllegalArgumentException e) {
            throw FaultException.invalid("/table", Message.of("signup.import.table"));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** The first line of what goes out. */
    static final List<String> HEADING = List.of(
            "id",
            "state",
            "reach",
            "address",
            "telegram",
            "name",
            "language",
            "topics",
            "link",
            "created",
            "confirmed",
            "ended");

    /** @return topics in one cell, as {@link #names} reads them; no sign at which a spreadsheet would part the cell */
    static String cell(Set<String> names) {
        return names.stream().sorted().collect(Collectors.joining("|"));
    }

    /**
     * @param raw whether it is for machines alone, each cell as it is kept
     * @return lines of text
     */
    static String write(List<List<String>> rows, boolean raw) {
        StringBuilder text = new StringBuilder();
        try (CSVPrinter out = new CSVPrinter(text, OUT)) {
            for (List<String> row : rows) {
                out.printRecord(raw ? row : row.stream().map(SheetCell::of).toList());
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    /** @return names between commas, semicolons or bars */
    static Set<String> names(String cell) {
        return Set.copyOf(Arrays.stream(cell.split("[,;|]"))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList());
    }
}
