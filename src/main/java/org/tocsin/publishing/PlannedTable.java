package org.tocsin.publishing;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Fault;
import org.tocsin.base.FaultException;
import org.tocsin.base.FaultException.Kind;
import org.tocsin.base.Message;

/** Reads a table of planned posts as spreadsheets write it: with a comma, a semicolon or a tab, with or without a byte order mark. */
final class PlannedTable {
    private static final int MOST = 10_000;

    /** What a column may be called, in both languages. */
    private static final Map<String, String> COLUMNS = Map.ofEntries(
            Map.entry("text", "text"),
            Map.entry("texte", "text"),
            Map.entry("at", "at"),
            Map.entry("date", "at"),
            Map.entry("zone", "zone"),
            Map.entry("fuseau", "zone"),
            Map.entry("channels", "channels"),
            Map.entry("canaux", "channels"),
            Map.entry("language", "language"),
            Map.entry("langue", "language"),
            Map.entry("campaign", "campaign"),
            Map.entry("campagne", "campaign"));

    private static final List<String> NEEDED = List.of("text", "at");
    private static final String SEPARATORS = ",;\t";

    private PlannedTable() {}

    /**
     * A row that says something.
     *
     * @param number of the row as a spreadsheet counts it: the names of the columns are row 1
     * @param cells  by column; without those that are blank
     * @param fault  what is wrong with the row as a whole, null for nothing
     */
    record Row(
            int number, Map<String, String> cells, @Nullable Fault fault) {
        Optional<String> cell(String column) {
            return Optional.ofNullable(cells.get(column));
        }
    }

    /** @throws FaultException INVALID when it is no such table, TOO_LARGE over 10,000 rows */
    static List<Row> read(String csv) {
        String text = csv.startsWith("\uFEFF") ? csv.substring(1) : csv;
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setDelimiter(separator(text))
                .setIgnoreEmptyLines(false)
                .get();
        List<Row> rows = new ArrayList<>();
        int number = 0;
        try (CSVParser parser = CSVParser.parse(new StringReader(text), format)) {
            List<String> columns = List.of();
            for (CSVRecord record : parser) {
                number++;
                if (number == 1) {
                    columns = columns(record);
                } else {
                    row(number, record, columns).ifPresent(rows::add);
                }
                if (rows.size() > MOST) {
                    throw new FaultException(
                            Kind.TOO_LARGE,
                            new Fault("/csv", Message.of("publishing.table.rows", "limit", MOST), (long) MOST, null));
                }
            }
        } catch (IOException | UncheckedIOException | IllegalStateException broken) {
            throw FaultException.invalid("/csv", Message.of("publishing.table.broken", "row", number + 1));
        }
        if (rows.isEmpty()) {
            throw FaultException.invalid("/csv", Message.of("publishing.table.empty"));
        }
        return rows;
    }

    /** What stands most often between the names of the columns; a spreadsheet in French writes semicolons. */
    private static String separator(String text) {
        String first = text.lines().findFirst().orElse("");
        return SEPARATORS
                .chars()
                .mapToObj(Character::toString)
                .max((a, b) -> Long.compare(count(first, a), count(first, b)))
                .filter(one -> count(first, one) > 0)
                .orElse(",");
    }

    private static long count(String line, String separator) {
        return line.chars().filter(one -> one == separator.charAt(0)).count();
    }

    private static List<String> columns(CSVRecord names) {
        List<String> columns = new ArrayList<>();
        List<Fault> faults = new ArrayList<>();
        for (String name : names) {
            String wanted = name.strip().toLowerCase(Locale.ROOT);
            String column = COLUMNS.getOrDefault(wanted, "");
            if (column.isEmpty() && !wanted.isEmpty()) {
                faults.add(Fault.at("/csv", Message.of("publishing.table.unknown", "column", name.strip())));
            }
            if (!column.isEmpty() && columns.contains(column)) {
                faults.add(Fault.at("/csv", Message.of("publishing.table.twice", "column", name.strip())));
            }
            columns.add(column);
        }
        NEEDED.stream()
                .filter(needed -> !columns.contains(needed))
                .map(needed -> Fault.at("/csv", Message.of("publishing.table.missing", "column", needed)))
                .forEach(faults::add);
        if (!faults.isEmpty()) {
            throw new FaultException(Kind.INVALID, faults);
        }
        return columns;
    }

    private static Optional<Row> row(int number, CSVRecord record, List<String> columns) {
        Map<String, String> cells = new LinkedHashMap<>();
        Fault fault = null;
        for (int i = 0; i < record.size(); i++) {
            String cell = record.get(i).replace("\r\n", "\n").strip();
            if (cell.isEmpty()) {
                continue;
            }
            if (i >= columns.size() || columns.get(i).isEmpty()) {
                // A text with the separator in it and no quotes around it would go out cut short.
                fault = Fault.at(
                        "", Message.of("publishing.table.wide", "cells", record.size(), "columns", columns.size()));
            } else {
                cells.put(columns.get(i), cell);
            }
        }
        return cells.isEmpty() && fault == null ? Optional.empty() : Optional.of(new Row(number, cells, fault));
    }
}
