package org.tocsin.http;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What became of a request. The difference between the last two is what the guarantees of a delivery rest on. */
public sealed interface HttpResult {
    /**
     * An answer was read, whole.
     *
     * @param status  100–599; redirects are answers, they are not followed
     * @param headers names in lower case
     * @param bytes   the body after decompression, within the client's cap
     */
    record Answer(int status, Map<String, List<String>> headers, byte[] bytes) implements HttpResult {
        /** @return the body read as UTF-8 */
        public String text() {
            return new String(bytes, StandardCharsets.UTF_8);
        }

        /** @return the first value of a header */
        public Optional<String> header(String name) {
            return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream()
                    .findFirst();
        }

        /** @return whether the status is 2xx */
        public boolean ok() {
            return status / 100 == 2;
        }

        @Override
        public String toString() {
            return "Answer[" + status + ", " + bytes.length + " bytes]";
        }
    }

    /**
     * No byte of the request left this machine: refused by the address guard, not resolved, not connected, TLS failed.
     *
     * @param failure what kept it back, without secrets
     */
    record NotSent(HttpFailure failure) implements HttpResult {}

    /**
     * Bytes of the request may have left, and no whole answer was read: it is not known whether it had an effect.
     *
     * @param failure what happened, without secrets
     */
    record NoAnswer(HttpFailure failure) implements HttpResult {}
}
