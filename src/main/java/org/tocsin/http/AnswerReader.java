package org.tocsin.http;

import java.io.IOException;
import java.net.ProtocolException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import okhttp3.Headers;
import okhttp3.Response;
import okio.BufferedSource;

/** Reads an answer to its end. OkHttp has undone gzip by then, so that bytes are counted as they unfold. */
final class AnswerReader {
    private AnswerReader() {}

    /**
     * @param response its body is read, and closed by the caller
     * @param maxBytes of the body, after decompression
     * @return the whole answer
     * @throws TooLargeException where there is more
     * @throws ProtocolException where the body is encoded in a way that was not asked for
     */
    static HttpResult.Answer read(Response response, int maxBytes) throws IOException {
        if (response.body().contentLength() > maxBytes) {
            throw tooLarge(maxBytes);
        }
        BufferedSource source = response.body().source();
        if (source.request(maxBytes + 1L)) {
            throw tooLarge(maxBytes);
        }
        byte[] bytes = source.readByteArray();
        String encoding = response.header("Content-Encoding", "identity");
        if (bytes.length > 0 && !"identity".equalsIgnoreCase(encoding)) {
            throw new ProtocolException("an encoding that was not asked for");
        }
        return new HttpResult.Answer(response.code(), headers(response.headers()), bytes);
    }

    private static Map<String, List<String>> headers(Headers received) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (int i = 0; i < received.size(); i++) {
            headers.computeIfAbsent(received.name(i).toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
                    .add(received.value(i));
        }
        headers.replaceAll((_, values) -> List.copyOf(values));
        return Map.copyOf(headers);
    }

    private static TooLargeException tooLarge(int maxBytes) {
        return new TooLargeException("the answer is larger than " + maxBytes + " bytes");
    }
}
