package org.tocsin.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.SheetCell;
import org.tocsin.mention.HeardItem;
import org.tocsin.mention.Mention;
import org.tocsin.watch.keeping.WatchHit;

/**
 * What was found as a table of text (RFC 4180). Whatever strangers wrote is text to a spreadsheet as well, and stands in one line.
 */
public final class FoundCsv {
    private static final CSVFormat FORMAT = CSVFormat.RFC4180;

    private final Map<String, String> sources;
    private final Map<String, String> watches;

    /**
     * @param sources names by id; one that has none here, for it is gone, stays with its id alone
     * @param watches names by id
     */
    public FoundCsv(Map<String, String> sources, Map<String, String> watches) {
        this.sources = Map.copyOf(sources);
        this.watches = Map.copyOf(watches);
    }

    /** @return the line of the names */
    public static String header() {
        return line(
                "id",
                "written",
                "heard",
                "source",
                "source name",
                "kind",
                "author",
                "handle",
                "title",
                "text",
                "language",
                "url",
                "tags",
                "likes",
                "reposts",
                "replies",
                "followers",
                "watches",
                "watch names");
    }

    /** @return its line, with the end of the line */
    public String line(Found found) {
        Mention mention = found.mention();
        HeardItem heard = mention.heard();
        List<String> ringing =
                found.watches().stream().map(WatchHit::watchId).sorted().toList();
        return line(
                mention.id(),
                mention.at(),
                mention.heardAt(),
                mention.sourceId(),
                text(sources.get(mention.sourceId())),
                heard.kind(),
                text(heard.author().name()),
                text(heard.author().handle()),
                text(heard.title()),
                text(heard.text()),
                text(heard.language()),
                text(heard.url()),
                text(String.join(" ", heard.tags())),
                heard.counts().likes(),
                heard.counts().reposts(),
                heard.counts().replies(),
                heard.counts().followers(),
                String.join(" ", ringing),
                text(ringing.stream()
                        .flatMap(id -> Optional.ofNullable(watches.get(id)).stream())
                        .collect(Collectors.joining("; "))));
    }

    private static @Nullable String text(@Nullable String written) {
        return written == null ? null : SheetCell.of(written);
    }

    private static String line(@Nullable Object... fields) {
        StringBuilder line = new StringBuilder();
        try (CSVPrinter printer = new CSVPrinter(line, FORMAT)) {
            printer.printRecord(fields);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return line.toString();
    }
}
