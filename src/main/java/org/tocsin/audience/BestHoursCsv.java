package org.tocsin.audience;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DayOfWeek;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** Hours and days of the week by how posts were answered, as a table of text (RFC 4180): 1 is as usual, nothing is too few to say. */
public final class BestHoursCsv {
    private BestHoursCsv() {}

    /** @return the table, with its header */
    public static String write(BestHours best) {
        StringBuilder text = new StringBuilder();
        try (CSVPrinter out = new CSVPrinter(text, CSVFormat.RFC4180)) {
            out.printRecord("when", "posts", "ratio", "low", "high");
            for (int i = 0; i < best.hours().size(); i++) {
                int from = i * BestHours.BLOCK;
                row(
                        out,
                        "%02d:00-%02d:00".formatted(from, from + BestHours.BLOCK),
                        best.hours().get(i));
            }
            for (DayOfWeek day : DayOfWeek.values()) {
                row(out, day.name(), best.weekdays().get(day.getValue() - 1));
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    private static void row(CSVPrinter out, String when, BestHours.Slot slot) throws IOException {
        Median ratio = slot.ratio().orElse(null);
        out.printRecord(
                when,
                slot.posts(),
                ratio == null ? null : rounded(ratio.value()),
                ratio == null ? null : rounded(ratio.low()),
                ratio == null ? null : rounded(ratio.high()));
    }

    private static double rounded(double ratio) {
        return Math.round(ratio * 1000) / 1000.0;
    }
}
