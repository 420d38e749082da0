package org.tocsin.audience;

import java.io.IOException;
import java.io.UncheckedIOException;
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
 * Figures as a table of text (RFC 4180): {@code channel,date,followers,origin,net}. Read as spreadsheets write them: separated by commas,
 * semicolons or tabs, with a byte order mark, columns in any order and by their French names too, thousands parted by spaces, days as {@link WrittenDays} reads them.
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

    /**
     * The whole of it.
     *
     * @param order how dates that could have been read otherwise were read, with one of them; null where there are none
     */
    public record Table(List<Row> rows, @Nullable Message order) {}

    /** One that cannot, and why. */
    public record Unreadable(long line, Message why) implements Row {}

    /**
     * @param text     the whole file
     * @param dayFirst whether {@code 05/06/2026} is the fifth of June where nothing in the file tells
     * @return a row for each that has anything in it
     * @throws FaultException INVALID where the file is no such table at all, or where nothing tells how its dates are to be read;
     *     TOO_LARGE beyond {@link #MOST_ROWS}
     */
    public static Table read(String text, boolean dayFirst) {
        String table = text.startsWith("\uFEFF") ? text.substring(1) : text;
        Columns columns = null;
        List<CSVRecord> records = new ArrayList<>();
        List<Long> lines = new ArrayList<>();
        try (CSVParser parser = CSVParser.parse(table, format(table))) {
            for (CSVRecord record : parser) {
                if (columns == null) {
                    columns = Columns.of(record);
                } else if (records.size() == MOST_ROWS) {
                    throw new FaultException(
                            Kind.TOO_LARGE, Fault.at("", Message.of("audience.csv.rows", "limit", MOST_ROWS)));
                } else {
                    records.add(record);
                    lines.add(parser.getCurrentLineNumber());
                }
            }
        } catch (UncheckedIOException | CSVException e) {
            throw broken(records.size(), e);
        } catch (IOException e) {
            throw broken(records.size(), e);
        }
        if (columns == null) {
            throw header();
        }
        int date = columns.date();
        WrittenDays days = WrittenDays.of(
                records.stream().map(record -> cell(record, date)).toList(), dayFirst);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < records.size(); i++) {
            rows.add(row(lines.get(i), records.get(i), columns, days));
        }
        return new Table(rows, days.order().orElse(null));
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

    private static Row row(long line, CSVRecord record, Columns columns, WrittenDays days) {
        String channel = cell(record, columns.channel());
        String date = cell(record, columns.date());
        String followers = cell(record, columns.followers());
        LocalDate day = days.read(date).orElse(null);
        if (channel.isEmpty()) {
            return new Unreadable(line, Message.of("audience.csv.channel"));
        }
        if (day == null) {
            return new Unreadable(line, days.refusal(excerpt(date)));
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

    /**
     * @param snapshots by channel, then by day
     * @return the table of those figures, with a header; {@code net} is what the day brought, empty where the day before has no figure
     */
    public static String write(List<AudienceSnapshot> snapshots) {
        // Ids of channels, days, numbers and names of constants: nothing that would need quotes, or that a spreadsheet
        // would run.
        StringBuilder table = new StringBuilder("channel,date,followers,origin,net\r\n");
        AudienceSnapshot before = null;
        for (AudienceSnapshot one : snapshots) {
            table.append(one.channelId())
                    .append(',')
                    .append(one.day())
                    .append(',')
                    .append(one.followers())
                    .append(',')
                    .append(one.origin())
                    .append(',');
            if (before != null
                    && before.channelId().equals(one.channelId())
                    && before.day().plusDays(1).equals(one.day())) {
                table.append(one.followers() - before.followers());
            }
            table.append("\r\n");
            before = one;
        }
        return table.toString();
    }
}
