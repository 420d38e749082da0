package org.tocsin.watch;

/** Where words are looked for. */
enum Scope {
    /** Title and text. */
    BODY,
    TITLE,
    /** The author's name. */
    AUTHOR,
    /** Addresses. */
    ADDRESS
}
