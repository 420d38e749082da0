package org.tocsin.http;

import java.io.IOException;

/** An answer is larger than the cap. */
final class TooLargeException extends IOException {
    TooLargeException(String detail) {
        super(detail);
    }
}
