package org.tocsin.analysis;

/** Emoji are looked up as they are, and without the colour of the skin. */
final class Emoji {
    private Emoji() {}

    static void add(TokenSink sink, String text, Segment segment) {
        String written = text.substring(segment.start(), segment.end());
        String form = written.replace("\ufe0f", "");
        String plain = withoutTone(form);
        boolean only = plain.equals(form) || plain.isEmpty();
        sink.word(form, form, segment.start(), segment.end(), Token.PRIMARY);
        if (!only) {
            sink.word(plain, plain, segment.start(), segment.end(), Token.DERIVED);
        }
    }

    private static String withoutTone(String emoji) {
        StringBuilder plain = new StringBuilder(emoji.length());
        emoji.codePoints().filter(point -> point < 0x1f3fb || point > 0x1f3ff).forEach(plain::appendCodePoint);
        return plain.toString();
    }
}
