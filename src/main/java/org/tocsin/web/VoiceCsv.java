package org.tocsin.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.tocsin.base.SheetCell;
import org.tocsin.watch.keeping.Voices;

/** Share of voice as a table of text (RFC 4180); a name that a spreadsheet would take for a formula begins with an apostrophe. */
public final class VoiceCsv {
    private VoiceCsv() {}

    /** @return a line for each watch and day */
    public static String of(Voices.Look look) {
        StringBuilder text = new StringBuilder();
        try (CSVPrinter out = new CSVPrinter(text, CSVFormat.RFC4180)) {
            out.printRecord("watch", "name", "day", "mentions", "stories", "authors", "edited");
            for (Voices.Voice voice : look.voices()) {
                String safe = SheetCell.of(voice.watch().name());
                for (Voices.Day day : voice.days()) {
                    out.printRecord(
                            voice.watch().id(),
                            safe,
                            day.day(),
                            day.count().mentions(),
                            day.count().stories(),
                            day.count().authors(),
                            day.edited().stream().map(String::valueOf).collect(Collectors.joining(" ")));
                }
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    /** @return it as an answer */
    public static Response response(Voices.Look look) {
        return Response.text(200, "text/csv; charset=utf-8; header=present", of(look))
                .with("Content-Disposition", "attachment; filename=\"voice.csv\"");
    }
}
