package org.tocsin.alert;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tocsin.mention.HeardItem;
import org.tocsin.mention.PlainText;
import org.tocsin.watch.Hit;

/** What is shown of something heard where there is little room: always with the place for which a watch rang. */
final class Excerpt {
    /** Shown before the place. */
    private static final int BEFORE = 60;

    private static final int MOST_WORDS = 8;

    private Excerpt() {}

    /** @return title and text, cut to so many characters; the text from shortly before the first hit, where its beginning would not show it */
    static String of(HeardItem heard, List<Hit> hits, int most) {
        String title = heard.title() == null ? "" : heard.title();
        String text = heard.text();
        Optional<Hit> first = hits.stream()
                .filter(hit -> hit.field() == Hit.Field.TEXT && hit.end() <= text.length())
                .min(Comparator.naturalOrder());
        boolean inTitle = hits.stream().anyMatch(hit -> hit.field() == Hit.Field.TITLE);
        if (inTitle || first.isEmpty() || title.length() + 3 + first.get().end() <= most) {
            return joined(title, text, most);
        }
        int from = whole(text, Math.max(0, first.get().start() - BEFORE));
        return joined(PlainText.cut(title, most / 3), "…" + text.substring(from), most);
    }

    private static String joined(String title, String text, int most) {
        return PlainText.cut(
                Stream.of(title, text)
                        .filter(part -> !part.isBlank())
                        .collect(Collectors.joining(" — "))
                        .replaceAll("\\s+", " "),
                most);
    }

    /** @return the words that made a watch ring, each once, as they are written there; empty where they are not known any more */
    static String words(HeardItem heard, List<Hit> hits) {
        return hits.stream()
                .sorted()
                .flatMap(hit -> {
                    String in = hit.field() == Hit.Field.TITLE ? heard.title() : heard.text();
                    return in == null || hit.end() > in.length()
                            ? Stream.empty()
                            : Stream.of(in.substring(hit.start(), hit.end()).replaceAll("\\s+", " "));
                })
                .distinct()
                .limit(MOST_WORDS)
                .collect(Collectors.joining(", "));
    }

    /** Not between the halves of one character. */
    private static int whole(String text, int at) {
        return at > 0 && at < text.length() && Character.isLowSurrogate(text.charAt(at)) ? at - 1 : at;
    }
}
