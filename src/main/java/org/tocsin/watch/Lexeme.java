package org.tocsin.watch;

/**
 * A piece of a watch's text.
 *
 * @param text   what it says: a word without its signs, a phrase without its quotes, a field's name
 * @param number of NEAR, of a loose phrase; -1 where there is none
 */
record Lexeme(Type type, String text, int number, int start, int end) {
    enum Type {
        OPEN,
        CLOSE,
        COMMA,
        OR,
        AND,
        NOT,
        NEAR,
        ONEAR,
        EXACT,
        FIELD,
        WORD,
        PHRASE,
        TAG,
        HANDLE,
        LIST,
        COUNT,
        END
    }
}
