package org.tocsin.analysis;

/** A link, tag, handle or cashtag in a cleaned text: its bounds, sign included. */
record Entity(Kind kind, int start, int end) {
    enum Kind {
        LINK,
        TAG,
        HANDLE,
        CASHTAG
    }
}
