package org.tocsin.newsletter;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tocsin.post.Graphemes;

/**
 * Plain text with marks upon it, as the Bot API takes it beside its own markup, which would have to be escaped.
 *
 * @param spans in no order, within the text
 */
public record StyledText(String text, List<Span> spans) {
    public StyledText {
        spans = List.copyOf(spans);
    }

    /** What a span is. */
    public enum Style {
        BOLD,
        ITALIC,
        CODE,
        PRE,
        BLOCKQUOTE,
        LINK
    }

    /**
     * @param offset in UTF-16 units
     * @param length in UTF-16 units, at least 1
     * @param url    of a link; null for others
     */
    public record Span(
            Style style, int offset, int length, @Nullable String url) {}

    /**
     * @param most UTF-16 units
     * @param end  what stands after a text that was cut, within {@code most}
     * @return the text, cut between two characters as readers see them
     */
    StyledText within(int most, String end) {
        if (text.length() <= most) {
            return this;
        }
        BitSet boundaries = Graphemes.boundaries(text);
        int cut = Math.max(0, boundaries.previousSetBit(Math.max(0, most - end.length())));
        List<Span> kept = new ArrayList<>();
        for (Span span : spans) {
            int length = Math.min(span.length(), cut - span.offset());
            if (length > 0) {
                kept.add(new Span(span.style(), span.offset(), length, span.url()));
            }
        }
        return new StyledText(text.substring(0, cut) + end, kept);
    }

    /** @return this and another one behind it */
    StyledText then(StyledText other) {
        List<Span> all = new ArrayList<>(spans);
        other.spans.forEach(
                span -> all.add(new Span(span.style(), span.offset() + text.length(), span.length(), span.url())));
        return new StyledText(text + other.text, all);
    }
}
