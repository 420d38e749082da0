package org.tocsin.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Turns segments into tokens: compounds, acronyms with dots, inclusive forms, signs at a word's end, scripts without blanks. */
final class Words {
    /** Longer chains than this are not glued: they are no words. */
    private static final int MOST_GLUED = 8;

    private static final String NOT_AFTER_BARE = "(+#°";
    private static final String HYPHENS = "-\u2010\u2011\u2013";
    private static final String DOTS = "\u00b7\u2022\u2027\u22c5\u30fb\u2024";

    private final Folding folding;
    private final String text;
    private final TokenSink sink;
    private final boolean whole;
    private final Apostrophes apostrophes;

    Words(Folding folding, String text, TokenSink sink, boolean whole) {
        this.folding = folding;
        this.text = text;
        this.sink = sink;
        this.whole = whole;
        this.apostrophes = new Apostrophes(folding, text, sink, whole);
    }

    /** A piece of a compound, with the sign before it: {@code -}, {@code .}, {@code ·}, {@code &}, {@code _}, {@code :}, a blank for none. */
    private record Piece(int start, int end, char mark) {}

    /** @return the index of the first segment that was not read */
    int read(List<Segment> segments, int at) {
        Segment segment = segments.get(at);
        switch (segment.type()) {
            case TOO_LONG -> sink.advance(1);
            case SIGN -> {
                sign(segments, at);
            }
            case EMOJI -> {
                Emoji.add(sink, text, segment);
                sink.advance(1);
            }
            case WORD, NUMBER -> {
                return compound(segments, at);
            }
        }
        return at + 1;
    }

    private void sign(List<Segment> segments, int at) {
        Segment sign = segments.get(at);
        String form = folding.fold(text, sign.start(), sign.end());
        sink.word(form, sign.start(), sign.end(), Token.PRIMARY);
        if (at + 1 < segments.size()) {
            Segment next = segments.get(at + 1);
            if (next.type() == Segment.Type.SIGN && next.start() == sign.end()) {
                String both = form + folding.fold(text, next.start(), next.end());
                String exact = text.substring(sign.start(), next.end());
                sink.glued(both, exact, 2, sign.start(), next.end(), Token.BIGRAM | Token.PRIMARY);
            }
        }
        sink.advance(1);
    }

    private char charAt(int at) {
        return at >= 0 && at < text.length() ? text.charAt(at) : ' ';
    }

    /** Whether a segment is a word and nothing else: most are, and take the short way, which gives the same token. */
    private boolean isBare(List<Segment> segments, int at) {
        Segment segment = segments.get(at);
        for (int i = segment.start(); i < segment.end(); i++) {
            char c = text.charAt(i);
            boolean bare = (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || (c >= '\u00c0' && c < '\u0250');
            if (!bare) {
                return false;
            }
        }
        return NOT_AFTER_BARE.indexOf(charAt(segment.end())) < 0 && joiner(segments, at + 1) == ' ';
    }

    private int compound(List<Segment> segments, int at) {
        if (isBare(segments, at)) {
            Segment segment = segments.get(at);
            apostrophes.one(segment.start(), segment.end(), Token.PRIMARY);
            sink.advance(1);
            return at + 1;
        }
        List<Piece> pieces = new ArrayList<>();
        int next = at;
        char mark = ' ';
        do {
            Segment segment = segments.get(next++);
            split(pieces, segment, mark);
            mark = joiner(segments, next);
        } while (mark != ' ');
        int numbered = number(segments, at, next);
        if (numbered > 0) {
            return numbered;
        }
        next = Math.max(next, bracketed(segments, next, pieces));
        emit(pieces);
        return next;
    }

    /** @return the sign by which the segment at {@code next} is tied to the one before it; a blank where it is not */
    private char joiner(List<Segment> segments, int next) {
        if (next == segments.size()) {
            return ' ';
        }
        Segment before = segments.get(next - 1);
        Segment after = segments.get(next);
        boolean words = after.type() == Segment.Type.WORD || after.type() == Segment.Type.NUMBER;
        if (!words || after.start() != before.end() + 1) {
            return ' ';
        }
        char sign = text.charAt(before.end());
        return HYPHENS.indexOf(sign) >= 0 ? '-' : sign == '&' ? '&' : DOTS.indexOf(sign) >= 0 ? '·' : ' ';
    }

    private void split(List<Piece> pieces, Segment segment, char mark) {
        int from = segment.start();
        char before = mark;
        for (int i = segment.start(); i < segment.end(); i++) {
            char inner = segment.type() == Segment.Type.NUMBER ? ' ' : inner(text.charAt(i));
            if (inner != ' ') {
                if (i > from) {
                    pieces.add(new Piece(from, i, before));
                }
                from = i + 1;
                before = inner;
            }
        }
        if (from < segment.end()) {
            pieces.add(new Piece(from, segment.end(), before));
        }
    }

    /** Signs inside what the segmentation takes for one word. */
    private static char inner(char c) {
        if (c == '.' || c == '_' || c == ':') {
            return c;
        }
        return c > '\u00b0' && DOTS.indexOf(c) >= 0 ? '·' : ' ';
    }

    /**
     * {@code n° 12}, {@code nº12}: the sign belongs to the word, and both may be one. Where no figure follows the sign stays, so that a query
     * which has them as two words meets both.
     *
     * @return the index of the first segment that was not read; 0 where there is no such sign
     */
    private int number(List<Segment> segments, int at, int next) {
        Segment segment = segments.get(at);
        int start = segment.start();
        int end = segment.end();
        boolean letter = charAt(start) == 'n' || charAt(start) == 'N';
        if (!letter || next != at + 1) {
            return 0;
        }
        if (charAt(start + 1) == 'º' && end > start + 2 && isFigure(start + 2, end)) {
            // The sign is a letter to the segmentation, which makes one segment of both.
            number(start, start + 2, start + 2, end);
            return next;
        }
        boolean sign = charAt(start + 1) == 'º' || (charAt(start + 1) == '°' && end == start + 1);
        if (!sign || end > start + 2) {
            return 0;
        }
        int afterSign = start + 2;
        if (next < segments.size() && isNext(segments.get(next), afterSign)) {
            number(
                    start,
                    afterSign,
                    segments.get(next).start(),
                    segments.get(next).end());
            return next + 1;
        }
        sink.word("n°", start, afterSign, Token.PRIMARY);
        sink.advance(1);
        return next;
    }

    private boolean isNext(Segment figure, int afterSign) {
        int gap = figure.start() - afterSign;
        boolean close = gap == 0 || (gap == 1 && Character.isSpaceChar(charAt(afterSign)));
        return figure.type() == Segment.Type.NUMBER && close;
    }

    private boolean isFigure(int start, int end) {
        return text.substring(start, end).chars().allMatch(Character::isDigit);
    }

    private void number(int start, int afterSign, int figureStart, int end) {
        String figure = folding.fold(text, figureStart, end);
        sink.glued("n°" + figure, "n°" + figure, 2, start, end, Token.GLUED);
        sink.word("n°", start, afterSign, Token.PRIMARY);
        sink.advance(1);
        sink.word(figure, figureStart, end, Token.PRIMARY);
        sink.advance(1);
    }

    /** Adds the endings of {@code élu(e)s} to the pieces. */
    private int bracketed(List<Segment> segments, int next, List<Piece> pieces) {
        if (!whole || next == segments.size() || pieces.isEmpty()) {
            return next;
        }
        int end = pieces.getLast().end();
        Segment ending = segments.get(next);
        boolean bracket = charAt(end) == '('
                && ending.start() == end + 1
                && charAt(ending.end()) == ')'
                && isBase(pieces.getLast());
        if (!bracket || !Inclusive.isEnding(folding.fold(text, ending.start(), ending.end()), '(', true)) {
            return next;
        }
        pieces.add(new Piece(ending.start(), ending.end(), '('));
        if (next + 1 < segments.size()) {
            Segment plural = segments.get(next + 1);
            boolean touches = plural.start() == ending.end() + 1 && plural.end() - plural.start() == 1;
            if (touches && charAt(plural.start()) == 's') {
                pieces.add(new Piece(plural.start(), plural.end(), '('));
                return next + 2;
            }
        }
        return next + 1;
    }

    private boolean isBase(Piece piece) {
        return Inclusive.isBase(text.substring(piece.start(), piece.end()));
    }

    private void emit(List<Piece> pieces) {
        int from = sink.position();
        List<Apostrophes.Form> forms = new ArrayList<>();
        StringBuilder marks = new StringBuilder();
        boolean derived = false;
        for (int i = 0; i < pieces.size(); ) {
            Piece piece = pieces.get(i);
            int end = endings(pieces, i);
            int letters = letters(pieces, i);
            if (end > i + 1) {
                inclusive(piece, pieces.get(i + 1), pieces.get(end - 1));
                derived = true;
                i = end;
            } else if (letters > i + 1) {
                forms.add(acronym(piece, pieces.get(letters - 1)));
                i = letters;
            } else {
                forms.add(plain(piece.start(), piece.end(), 0));
                i++;
            }
            marks.append(piece.mark());
            sink.advance(1);
        }
        if (!derived && forms.size() > 1 && forms.size() <= MOST_GLUED) {
            glue(from, forms, marks, pieces);
        }
    }

    private void glue(int from, List<Apostrophes.Form> forms, StringBuilder marks, List<Piece> pieces) {
        StringBuilder form = new StringBuilder();
        StringBuilder exact = new StringBuilder();
        for (int i = 0; i < forms.size(); i++) {
            char mark = i == 0 ? '-' : marks.charAt(i);
            if (mark == ':') {
                return;
            }
            if (mark == '.' || mark == '&') {
                form.append(mark);
                exact.append(mark);
            }
            form.append(forms.get(i).form());
            exact.append(forms.get(i).exact());
        }
        int start = forms.getFirst().start();
        sink.earlier(
                from,
                form.toString(),
                exact.toString(),
                forms.size(),
                start,
                pieces.getLast().end(),
                Token.GLUED);
    }

    /** @return the index after the inclusive endings that follow the piece at {@code at}; {@code at + 1} where none do */
    private int endings(List<Piece> pieces, int at) {
        int next = at + 1;
        if (!whole || next == pieces.size() || !isBase(pieces.get(at))) {
            return next;
        }
        while (next < pieces.size() && next <= at + 3) {
            Piece ending = pieces.get(next);
            boolean mark = ending.mark() == '-' || ending.mark() == '.' || ending.mark() == '·' || ending.mark() == '(';
            String folded = folding.fold(text, ending.start(), ending.end());
            if (!mark || !Inclusive.isEnding(folded, ending.mark(), next == at + 1)) {
                // A domain or a compound only begins like one.
                return ending.mark() == '(' ? next : at + 1;
            }
            next++;
        }
        return next;
    }

    /** @return the index after the single letters with dots between them from {@code at}; {@code at + 1} where there is no such chain */
    private int letters(List<Piece> pieces, int at) {
        int next = at;
        while (next < pieces.size()
                && isLetter(pieces.get(next))
                && (next == at || pieces.get(next).mark() == '.')) {
            next++;
        }
        return next > at + 1 ? next : at + 1;
    }

    private boolean isLetter(Piece piece) {
        int start = apostrophes.afterElision(piece.start(), piece.end());
        return piece.end() - start == 1 && Character.isLetter(text.charAt(start));
    }

    private Apostrophes.Form acronym(Piece first, Piece last) {
        int start = apostrophes.afterElision(first.start(), first.end());
        String exact = text.substring(start, last.end()).replace(".", "");
        String form = folding.fold(exact, 0, exact.length());
        sink.word(form, exact, start, last.end(), Token.PRIMARY | (start > first.start() ? Token.ELIDED : 0));
        return new Apostrophes.Form(form, exact, start);
    }

    private void inclusive(Piece base, Piece ending, Piece last) {
        int start = apostrophes.afterElision(base.start(), base.end());
        String form = folding.fold(text, start, base.end());
        String written = Folding.composed(text.substring(start, base.end()));
        int elided = start > base.start() ? Token.ELIDED : 0;
        List<String> forms = Inclusive.forms(form, folding.fold(text, ending.start(), ending.end()));
        for (String one : forms) {
            boolean first = one.equals(form);
            String exact = first ? written : like(written, one);
            sink.word(one, exact, start, last.end(), elided | (first ? Token.PRIMARY : Token.DERIVED));
        }
    }

    /** A derived form in the letters of its base, as far as they go. */
    private static String like(String written, String form) {
        int shared = Math.min(written.length(), form.length());
        boolean capitals = written.length() > 1 && written.equals(written.toUpperCase(Locale.ROOT));
        return written.substring(0, shared) + (capitals ? form.toUpperCase(Locale.ROOT) : form).substring(shared);
    }

    /** One word without compounds in it. */
    Apostrophes.Form plain(int start, int end, int flags) {
        Apostrophes.Form form = apostrophes.add(start, end, flags | Token.PRIMARY, extended(end, start));
        return form;
    }

    /** @return the sign that ends a name such as C++, C# or Google+; null for none */
    private @Nullable String extended(int end, int start) {
        if (charAt(end) == '+') {
            int plus = charAt(end + 1) == '+' ? end + 2 : end + 1;
            return Character.isLetterOrDigit(charAt(plus)) || charAt(plus) == '+' ? null : text.substring(end, plus);
        }
        boolean sharp = charAt(end) == '#' && end - start == 1 && !Character.isLetterOrDigit(charAt(end + 1));
        return sharp ? "#" : null;
    }
}
