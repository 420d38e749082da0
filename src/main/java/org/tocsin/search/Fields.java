package org.tocsin.search;

import org.tocsin.watch.Anchor;

/** Names of the fields of the index, and the version of them all. */
final class Fields {
    /** Grows whenever a field is other than before: the index is then built anew. */
    static final int SCHEMA = 1;

    static final String ID = "id";
    static final String TIME = "ts";
    static final String BRANCH = "branch";
    static final String KIND = "kind";
    static final String WATCH = "watch";
    static final String WORD = "word";
    static final String TITLE = "title";
    static final String TAG = "tag";

    private Fields() {}

    static String of(Anchor.Kind kind) {
        return switch (kind) {
            case WORD, BEGINNING -> WORD;
            case STEM -> "stem";
            case TAG, TAGS -> TAG;
            case HANDLE -> "handle";
            case SITE -> "site";
            case AUTHOR -> "from";
            case NAME -> "name";
            case ADDRESS -> "address";
            case LANGUAGE -> "lang";
            case SOURCE -> "source";
        };
    }
}
