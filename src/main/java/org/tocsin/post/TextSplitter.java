package org.tocsin.post;

import java.util.ArrayList;
import java.util.List;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;
import org.tocsin.post.Parts.Filled;
import org.tocsin.post.Parts.Frame;

/**
 * Splits a text into the parts of a thread: by paragraph, then line, then sentence, then word; never inside a grapheme cluster, a link,
 * a mention or a hashtag, nor at a no-break space. A word that is too long for a part is cut only where a line could end in it (after a
 * hyphen, between ideographs).
 *
 * <p>The parts, one after the other, are the text with the white space at the cuts left out, save for numbers and what
 * {@link SplitOptions#keepFirst} moves:
 *
 * <ul>
 *   <li>a hashtag that only a later part has is also added to the end of the first one;
 *   <li>a link that only a later part has is moved there, not copied, for some networks charge for each; but only when it stands on a line
 *       of its own or nothing but links, mentions and hashtags follows it, and no colon, arrow or opening sign comes before it. Inside a
 *       sentence it stays where the author put it;
 *   <li>what leaves no room for a first word is not brought to the first part.
 * </ul>
 */
public final class TextSplitter {
    /** The number of parts is not known while they are filled, only how many digits it takes. */
    private static final int ONE_DIGIT = 9;

    private static final int TWO_DIGITS = 99;

    private final TextRule first;
    private final TextRule rest;
    private final SplitOptions options;

    private TextSplitter(TextRule first, TextRule rest, SplitOptions options) {
        this.first = first;
        this.rest = rest;
        this.options = options;
    }

    /**
     * @param text    a clean text ({@link TextCleaning})
     * @param first   the rule of the first part (which carries the pictures, for example)
     * @param rest    the rule of every other part
     * @param options language, numbers, what is kept in the first part
     * @return 1 to 50 parts, none blank, each within its rule; a text that fits the first rule is one part, without a number
     * @throws FaultException INVALID at {@code /text}: {@code post.text.empty}; {@code post.text.unsplittable} for a word or URL longer
     *     than a part; {@code post.text.too-many-parts}
     */
    public static List<String> split(String text, TextRule first, TextRule rest, SplitOptions options) {
        String whole = Spaces.strip(text);
        if (whole.isEmpty()) {
            throw FaultException.invalid("/text", Message.of("post.text.empty"));
        }
        if (first.measure(whole).fits()) {
            return List.of(whole);
        }
        return new TextSplitter(first, rest, options).split(whole);
    }

    private List<String> split(String text) {
        Outcome plain = attempt(text, List.of());
        if (plain.filled().fault() != null) {
            throw new FaultException(FaultException.Kind.INVALID, plain.filled().fault());
        }
        KeptEntities entities = new KeptEntities(text);
        List<String> kept = entities.missing(options.keepFirst(), plain.parts().getFirst());
        boolean narrowed = false;
        while (!kept.isEmpty()) {
            String remaining = entities.withoutLinks(kept);
            if (remaining.isEmpty()) {
                break;
            }
            Outcome outcome = attempt(remaining, kept);
            if (outcome.filled().fault() != null) {
                kept = kept.subList(0, kept.size() - 1);
                narrowed = true;
                continue;
            }
            // What is added takes room, and may push another one out of the first part.
            List<String> pushed =
                    entities.missing(options.keepFirst(), outcome.parts().getFirst());
            if (narrowed || pushed.isEmpty()) {
                return outcome.parts();
            }
            kept = new ArrayList<>(kept);
            kept.addAll(pushed);
        }
        return plain.parts();
    }

    /** What came of filling parts, and the parts as they are sent. */
    private record Outcome(Filled filled, List<String> parts) {}

    private Outcome attempt(String text, List<String> kept) {
        Outcome outcome = attempt(text, kept, ONE_DIGIT);
        boolean known = options.numbering() == Numbering.NONE
                || outcome.filled().bodies().size() <= ONE_DIGIT;
        return known ? outcome : attempt(text, kept, TWO_DIGITS);
    }

    private Outcome attempt(String text, List<String> kept, int total) {
        Frame frame = new Frame(first, rest, options.numbering(), total, kept);
        Filled filled = new Parts(text, options.locale(), frame).fill();
        return new Outcome(filled, finished(filled.bodies(), kept));
    }

    private List<String> finished(List<String> bodies, List<String> kept) {
        List<String> parts = new ArrayList<>();
        Numbering numbering = bodies.size() == 1 ? Numbering.NONE : options.numbering();
        for (int i = 0; i < bodies.size(); i++) {
            String body = bodies.get(i);
            KeptEntities inside = new KeptEntities(body);
            List<String> added = kept.stream()
                    .filter(entity -> inside.find(entity).isEmpty())
                    .toList();
            parts.add(new Frame(first, rest, numbering, bodies.size(), added).on(body, i, bodies.size()));
        }
        return List.copyOf(parts);
    }
}
