package org.tocsin.feed;

import java.text.BreakIterator;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tocsin.network.LinkCard;
import org.tocsin.post.Graphemes;
import org.tocsin.post.TextEntities;
import org.tocsin.post.TextEntity;

/**
 * The title of an item. A post has none, RSS readers show little else, and so every format gets the same one: the author's first line
 * without its links, cut at the end of a sentence or, with an ellipsis, of a word. Where the author has written next to nothing but a
 * link, the title of the linked page says more.
 */
final class ItemTitle {
    /** Graphemes. */
    private static final int LONGEST = 80;
    /** Fewer graphemes of the author's own say less than the title of the page. */
    private static final int FEW = 12;
    /** A shorter sentence is more likely an abbreviation. */
    private static final int SHORTEST_SENTENCE = 20;

    /** What a link leaves where it stood: brackets around nothing, and a space before the point that ended its sentence. */
    private static final Pattern DEBRIS = Pattern.compile("\\s*(?:\\(\\s*\\)|\\[\\s*]|«\\s*»)|\\s+([.,…])(?=\\s|$)");

    private ItemTitle() {}

    /**
     * @param text     of the item
     * @param card     of its first link, null for none
     * @param fallback where neither says anything
     * @return one line, not empty
     */
    static String of(String text, @Nullable LinkCard card, Locale language, String fallback) {
        Optional<String> own = text.lines()
                .map(line -> withoutLinks(line))
                .filter(line -> !line.isEmpty())
                .findFirst();
        boolean few = own.isEmpty() || Graphemes.count(own.get()) < FEW;
        if (few && card != null && !card.title().isBlank()) {
            return cut(oneLine(card.title()), language);
        }
        return cut(own.orElseGet(() -> firstWord(text, fallback)), language);
    }

    private static String firstWord(String text, String fallback) {
        String line = oneLine(text);
        return line.isEmpty() ? fallback : line.split(" ", 2)[0];
    }

    private static String withoutLinks(String line) {
        StringBuilder rest = new StringBuilder();
        int copied = 0;
        for (TextEntity entity : TextEntities.find(line)) {
            if (entity.kind() == TextEntity.Kind.LINK) {
                rest.append(line, copied, entity.start());
                copied = entity.end();
            }
        }
        String words = oneLine(DEBRIS.matcher(rest.append(line.substring(copied)))
                .replaceAll(found -> found.group(1) == null ? "" : found.group(1)));
        return words.codePoints().anyMatch(Character::isLetterOrDigit) ? words : "";
    }

    private static String oneLine(String text) {
        return text.replaceAll("[ \\t\\n]+", " ").strip();
    }

    private static String cut(String line, Locale language) {
        if (Graphemes.count(line) <= LONGEST) {
            return line;
        }
        int sentence = lastBreak(BreakIterator.getSentenceInstance(language), line, Graphemes.prefix(line, LONGEST));
        if (sentence > 0 && Graphemes.count(line.substring(0, sentence)) >= SHORTEST_SENTENCE) {
            return line.substring(0, sentence).strip();
        }
        String shorter = Graphemes.prefix(line, LONGEST - 1);
        int space = shorter.lastIndexOf(' ');
        return (space > 0 ? shorter.substring(0, space) : shorter).stripTrailing() + "…";
    }

    private static int lastBreak(BreakIterator breaks, String line, String prefix) {
        breaks.setText(line);
        int at = breaks.preceding(prefix.length() + 1);
        return at == BreakIterator.DONE ? 0 : at;
    }
}
