package org.tocsin.post;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Fault;
import org.tocsin.base.Message;
import org.tocsin.post.Cuts.Cut;
import org.tocsin.post.Cuts.Level;

/**
 * Fills parts one after the other. A paragraph, line or sentence that fits into a part of its own is never cut; one that does not is cut
 * into the next smaller units, which begin in what is left of the part before.
 */
final class Parts {
    /** More than a thread has on any network; it bounds the work for a text of any length. */
    static final int MOST = 50;

    private static final int SHOWN = 40;

    private final String text;
    private final Cuts places;
    private final List<Cut> cuts;
    private final Frame frame;
    private final List<String> bodies;
    private int start;
    private int end;
    private @Nullable Fault fault;

    /** What surrounds the text of a part, and the rules it is measured by. */
    record Frame(TextRule first, TextRule rest, Numbering numbering, int total, List<String> kept) {
        String on(String body, int index, int of) {
            String whole = index == 0 && !kept.isEmpty() ? body + " " + String.join(" ", kept) : body;
            return numbering.on(whole, index + 1, of);
        }

        TextSize measure(String body, int index) {
            return (index == 0 ? first : rest).measure(on(body, index, total));
        }
    }

    Parts(String text, Locale locale, Frame frame) {
        this.text = text;
        this.places = new Cuts(text, locale);
        this.cuts = places.betweenWords();
        this.frame = frame;
        this.bodies = new ArrayList<>();
        this.start = -1;
        this.end = -1;
    }

    /** Bodies without what surrounds them; or why there are none. */
    record Filled(List<String> bodies, @Nullable Fault fault) {}

    Filled fill() {
        place(0, text.length(), cuts, Level.PARAGRAPH);
        close();
        return new Filled(List.copyOf(bodies), fault);
    }

    private void place(int from, int to, List<Cut> within, Level level) {
        if (fault != null) {
            return;
        }
        boolean open = start >= 0;
        if (fits(open ? start : from, to, bodies.size())) {
            start = open ? start : from;
            end = to;
        } else if (open && fits(from, to, bodies.size() + 1)) {
            close();
            start = from;
            end = to;
        } else {
            cut(from, to, within, level);
        }
    }

    private void cut(int from, int to, List<Cut> within, Level level) {
        List<Cut> here = level == Level.INSIDE ? places.inside(from, to) : within;
        if (level == Level.INSIDE && (here.isEmpty() || crowded(from, to))) {
            fault = unsplittable(from, to);
            return;
        }
        int unit = from;
        int first = 0;
        for (int i = 0; i < here.size(); i++) {
            Cut cut = here.get(i);
            if (cut.level() == level) {
                descend(unit, cut.from(), here.subList(first, i), level);
                unit = cut.to();
                first = i + 1;
            }
        }
        descend(unit, to, here.subList(first, here.size()), level);
    }

    /** The first word is too long only because of what is kept, which then has to give way. */
    private boolean crowded(int from, int to) {
        Frame bare = new Frame(frame.first(), frame.rest(), frame.numbering(), frame.total(), List.of());
        return bodies.isEmpty()
                && start < 0
                && bare.measure(text.substring(from, to), 0).fits();
    }

    private void descend(int from, int to, List<Cut> within, Level level) {
        place(from, to, within, finer(level));
    }

    private static Level finer(Level level) {
        return switch (level) {
            case PARAGRAPH -> Level.LINE;
            case LINE -> Level.SENTENCE;
            case SENTENCE -> Level.WORD;
            case WORD -> Level.SPACE;
            case SPACE, INSIDE -> Level.INSIDE;
        };
    }

    private boolean fits(int from, int to, int index) {
        return frame.measure(text.substring(from, to), index).fits();
    }

    private void close() {
        if (start < 0) {
            return;
        }
        bodies.add(text.substring(start, end));
        start = -1;
        if (bodies.size() > MOST && fault == null) {
            fault = new Fault("/text", Message.of("post.text.too-many-parts", "limit", MOST), (long) MOST, null);
        }
    }

    private Fault unsplittable(int from, int to) {
        String token = text.substring(from, to);
        TextSize size = frame.measure(token, start < 0 ? bodies.size() : bodies.size() + 1);
        String shown = Graphemes.count(token) > SHOWN ? Graphemes.prefix(token, SHOWN) + "…" : token;
        Message message =
                Message.of("post.text.unsplittable", "token", shown, "actual", size.actual(), "limit", size.limit());
        return new Fault("/text", message, size.limit(), size.actual());
    }
}
