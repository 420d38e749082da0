package org.tocsin.audience;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.SheetCell;

/** The last readings as a table of text (RFC 4180). An unknown number is an empty field; every other field is an id, a number or an instant. */
public final class EngagementCsv {
    private static final List<String> COLUMNS = List.of(
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
            "gone");

    private EngagementCsv() {}

    /** @return the table, with its header */
    public static String write(List<EngagementRepository.Of> rows) {
        return write(COLUMNS, rows, row -> List.of());
    }

    /**
     * The same for people, who know a post by its words.
     *
     * @param texts of the posts, by their ids
     * @return the table, with its header and a column {@code text}
     */
    public static String write(List<EngagementRepository.Of> rows, Map<String, String> texts) {
        List<String> columns = new ArrayList<>(COLUMNS);
        columns.add("text");
        return write(
                columns,
                rows,
                row -> List.of(SheetCell.of(texts.getOrDefault(row.row().postId(), ""))));
    }

    private static String write(
            List<String> columns,
            List<EngagementRepository.Of> rows,
            Function<EngagementRepository.Of, List<String>> more) {
        StringBuilder text = new StringBuilder();
        try (CSVPrinter printer = new CSVPrinter(text, CSVFormat.RFC4180)) {
            printer.printRecord(columns);
            for (EngagementRepository.Of of : rows) {
                printer.printRecord(Stream.concat(cells(of), more.apply(of).stream()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static Stream<@Nullable Object> cells(EngagementRepository.Of of) {
        EngagementDue row = of.row();
        PostMetrics latest = of.latest();
        Counts counts = latest == null ? Counts.NONE : latest.counts();
        return Stream.of(
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

    private static @Nullable Long boxed(OptionalLong number) {
        return number.isPresent() ? number.getAsLong() : null;
    }
}
