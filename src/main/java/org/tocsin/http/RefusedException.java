package org.tocsin.http;

import java.io.IOException;
import org.tocsin.base.Message;

/** The guard holds a request back. Its text names the host only. */
final class RefusedException extends IOException {
    private final HttpFailure.Kind kind;
    private final transient Message told;

    /**
     * @param kind   ADDRESS_REFUSED or URL_REFUSED
     * @param told   for the person who entered the URL
     * @param detail for the log
     */
    RefusedException(HttpFailure.Kind kind, Message told, String detail) {
        super(detail);
        this.kind = kind;
        this.told = told;
    }

    HttpFailure.Kind kind() {
        return kind;
    }

    Message told() {
        return told;
    }
}
