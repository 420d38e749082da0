package org.tocsin.analysis;

import java.io.CharArrayReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.standard.StandardTokenizerImpl;

/** Unicode's segmentation into words (UAX #29), as Lucene implements it. */
final class Segmenter {
    private Segmenter() {}

    /** @param text with blanks where something else than words was found */
    static List<Segment> segments(char[] text) {
        StandardTokenizerImpl scanner = new StandardTokenizerImpl(new CharArrayReader(text));
        List<Segment> segments = new ArrayList<>();
        try {
            for (int type = scanner.getNextToken();
                    type != StandardTokenizerImpl.YYEOF;
                    type = scanner.getNextToken()) {
                int start = scanner.yychar();
                add(segments, new Segment(type(type), start, start + scanner.yylength()));
            }
        } catch (IOException e) {
            // An array does not fail to be read.
            throw new UncheckedIOException(e);
        }
        return segments;
    }

    /** The scanner breaks what is longer than its buffer into pieces that touch; they are one word, and too long. */
    private static void add(List<Segment> segments, Segment next) {
        if (!segments.isEmpty()) {
            Segment last = segments.getLast();
            boolean broken = last.end() == next.start() && last.end() - last.start() >= Analysis.LONGEST_TOKEN - 1;
            if (broken && next.type() != Segment.Type.SIGN && next.type() != Segment.Type.EMOJI) {
                segments.set(segments.size() - 1, new Segment(Segment.Type.TOO_LONG, last.start(), next.end()));
                return;
            }
        }
        segments.add(next);
    }

    private static Segment.Type type(int type) {
        return switch (type) {
            case StandardTokenizerImpl.NUMERIC_TYPE -> Segment.Type.NUMBER;
            case StandardTokenizerImpl.IDEOGRAPHIC_TYPE, StandardTokenizerImpl.HIRAGANA_TYPE -> Segment.Type.SIGN;
            case StandardTokenizerImpl.EMOJI_TYPE -> Segment.Type.EMOJI;
            default -> Segment.Type.WORD;
        };
    }
}
