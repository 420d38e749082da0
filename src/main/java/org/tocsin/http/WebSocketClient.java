package org.tocsin.http;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

/** Opens streams of messages (RFC 6455) by the one way out: the same guard of addresses, nothing repeated. */
public interface WebSocketClient {
    /** What came of opening one. */
    sealed interface Opening {}

    /** It is open. */
    record Open(WebSocket socket) implements Opening {}

    /** It is not. */
    record Failed(HttpResult result) implements Opening {}

    /**
     * Blocks until it is open, or has failed.
     *
     * @param url     https, or http where that is allowed; {@code wss} and {@code ws} mean these
     * @param headers beside those of the protocol
     * @param longest message that is read, in bytes; a longer one ends the stream
     * @param idle    after so long without a byte it is over
     */
    Opening open(URI url, Map<String, String> headers, int longest, Duration idle);
}
