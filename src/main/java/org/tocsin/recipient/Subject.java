package org.tocsin.recipient;

/** What a text is about. */
public enum Subject {
    ALERT,
    NOTICE,
    /** Several of both. */
    DIGEST
}
