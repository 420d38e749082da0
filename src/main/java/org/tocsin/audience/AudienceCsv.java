package org.tocsin.audience;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Fault;
import org.tocsin.base.FaultException;
import org.tocsin.base.FaultException.Kind;
import org.tocsin.base.Message;

/**
 * Figures as a table of text (RFC 4180): {@code channel,date,followers,origin}. Read as spreadsheets write them: separated by commas,
 * semicolons or tabs, with a byte order mark, columns in any order and by their French names too, thousands parted by spaces.
 */
public final class AudienceCsv {
    /** Rows that are read at most. */
    public static final int MOST_ROWS = 100_000;

    private static final String CHANNEL = "channel";
    private static final String DATE = "date";
    private static final String FOLLOWERS = "followers";
    private static final Map<String, Set<String>> NAMES = Map.of(
            CHANNEL, Set.of(CHANNEL, "canal"),
            DATE, Set.of(DATE, "day", "jour"),
            FOLLOWERS, Set.of(FOLLOWERS, "abonnés", "abonnes"));

    private AudienceCsv() {}

    /** A row of the table. */
    public sealed interface Row {
        /** @return where it stands in the file, from 1 */
        long line();
    }

    /**
     * One that can be read.
     *
     * @param channel   as written
     * @param followers 0 or more
     */
    public record Figure(long line, String channel, LocalDate day, long followers) implements Row {}

    /** One that cannot, and why. */
    public record Unreadable(long line, Message why) implements Row {}

    /**
     * @param text the whole file
     * @return a row for each that has anything in it
     * @throws FaultException INVALID where the file is no such table at all; TOO_LARGE beyond {@link #MOST_ROWS}
     */
    public static List<Row> read(String text) {
        String table = text.startsWith("\uFEFF") ? text.substring(1) : text;
        List<Row> rows = new ArrayList<>();
        try (CSVParser parser = CSVParser.parse(table, format(table))) {
            Columns columns = null;
            for (CSVRecord record : parser) {
                if (columns == null) {
                    columns = Columns.of(record);
                } else if (rows.size() == MOST_ROWS) {
                    throw new FaultException(
                            Kind.TOO_LARGE, Fault.at("", Message.of("audience.csv.rows", "limit", MOST_ROWS)));
                } else {
                    rows.add(row(parser.getCurrentLineNumber(), record, columns));
                }
            }
            if (columns == null) {
                throw header();
            }
            return rows;
        } catch (UncheckedIOException | CSVException e) {
            throw broken(rows.size(), e);
        } catch (IOException e) {
            throw broken(rows.size(), e);
        }
    }

    private static FaultException broken(int rows, Exception cause) {
        FaultException fault = FaultException.invalid("", Message.of("audience.csv.broken", "row", rows + 2));
        fault.initCause(cause);
        return fault;
    }

    private static FaultException header() {
        return FaultException.invalid("", Message.of("audience.csv.header"));
    }

    private static CSVFormat format(String table) {
        String first = table.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
        char separator = first.contains(";") ? ';' : first.contains("\t") ? '\t' : ',';
        return CSVFormat.RFC4180
                .builder()
                .setDelimiter(separator)
                .setIgnoreEmptyLines(true)
                .setTrim(true)
                .get();
    }

    private record Columns(int channel, int date, int followers) {
        static Columns of(CSVRecord header) {
            Columns columns = new Columns(at(header, CHANNEL), at(header, DATE), at(header, FOLLOWERS));
            if (columns.channel < 0 || columns.date < 0 || columns.followers < 0) {
                throw header();
            }
            return columns;
        }

        private static int at(CSVRecord header, String column) {
            for (int i = 0; i < header.size(); i++) {
                if (NAMES.getOrDefault(column, Set.of()).contains(header.get(i).toLowerCase(Locale.ROOT))) {
                    return i;
                }
            }
            return -1;
        }
    }

    private static Row row(long line, CSVRecord record, Columns columns) {
        String channel = cell(record, columns.channel());
        String date = cell(record, columns.date());
        String followers = cell(record, columns.followers());
        LocalDate day = day(date);
        if (channel.isEmpty()) {
            return new Unreadable(line, Message.of("audience.csv.channel"));
        }
        if (day == null) {
            return new Unreadable(line, Message.of("audience.csv.date", "value", excerpt(date)));
        }
        String digits = followers.replaceAll("(?<=\\d)[ \u00a0\u202f](?=\\d{3}(?!\\d))", "");
        if (!digits.matches("\\d{1,11}") || Long.parseLong(digits) > CountResult.MOST) {
            return new Unreadable(line, Message.of("audience.csv.followers", "value", excerpt(followers)));
        }
        return new Figure(line, channel, day, Long.parseLong(digits));
    }

    private static String cell(CSVRecord record, int column) {
        return column < record.size() ? record.get(column) : "";
    }

    private static String excerpt(String cell) {
        return cell.length() <= 40 ? cell : cell.substring(0, 40) + "…";
    }

    private static @Nullable LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** @return the table of those figures, with a header */
    public static String write(List<AudienceSnapshot> snapshots) {
        // Ids of channels, days, numbers and names of constants: nothing that would need quotes, or that a spreadsheet
        // would run.
        StringBuilder table = new StringBuilder("channel,date,followers,origin\r\n");
        for (AudienceSnapshot one : snapshots) {
            table.append(one.channelId())
                    .append(',')
                    .append(one.day())
                    .append(',')
                    .append(one.followers())
                    .append(',')
                    .append(one.origin())
                    .append("\r\n");
        }
        return table.toString();
    }
}
