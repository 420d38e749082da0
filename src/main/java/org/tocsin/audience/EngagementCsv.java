package org.tocsin.audience;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.OptionalLong;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/** The last readings as a table of text (RFC 4180). An unknown number is an empty field; every other field is an id, a number or an instant. */
public final class EngagementCsv {
    private static final CSVFormat FORMAT = CSVFormat.RFC4180
            .builder()
            .setHeader(
                    "published",
                    "channel",
                    "post",
                    "delivery",
                    "read",
                    "likes",
                    "reposts",
                    "replies",
                    "quotes",
                    "views",
                    "engagement",
                    "gone")
            .get();

    private EngagementCsv() {}

    /** @return the table, with its header */
    public static String write(List<EngagementRepository.Of> rows) {
        StringBuilder text = new StringBuilder();
        try (CSVPrinter printer = new CSVPrinter(text, FORMAT)) {
            for (EngagementRepository.Of of : rows) {
                EngagementDue row = of.row();
                PostMetrics latest = of.latest();
                Counts counts = latest == null ? Counts.NONE : latest.counts();
                printer.printRecord(
                        row.publishedAt(),
                        row.channelId(),
                        row.postId(),
                        row.deliveryId(),
                        latest == null ? null : latest.takenAt(),
                        counts.likes(),
                        counts.reposts(),
                        counts.replies(),
                        counts.quotes(),
                        counts.views(),
                        boxed(counts.engagement()),
                        row.goneAt());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static @Nullable Long boxed(OptionalLong number) {
        return number.isPresent() ? number.getAsLong() : null;
    }
}
