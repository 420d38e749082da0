package org.tocsin.alert.way;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.tocsin.http.HttpBody;
import org.tocsin.http.HttpClient;
import org.tocsin.http.HttpFailure;
import org.tocsin.http.HttpRequest;
import org.tocsin.http.HttpResult;

/** Answers what it was told to, then well, and keeps what it got. */
public final class ScriptedHttp implements HttpClient {
    /** Nobody answered in time: it may have arrived. */
    public static final HttpResult SILENCE =
            new HttpResult.NoAnswer(new HttpFailure(HttpFailure.Kind.TIMEOUT, "no answer"));

    private final Deque<HttpResult> answers = new ArrayDeque<>();
    private final List<HttpRequest> got = new ArrayList<>();

    /** What the next requests are answered. */
    public ScriptedHttp next(HttpResult... results) {
        answers.addAll(List.of(results));
        return this;
    }

    /** An answer. */
    public static HttpResult answer(int status, String body, String... headers) {
        Map<String, List<String>> all = headers.length == 0 ? Map.of() : Map.of(headers[0], List.of(headers[1]));
        return new HttpResult.Answer(status, all, body.getBytes(StandardCharsets.UTF_8));
    }

    /** All requests, in order. */
    public List<HttpRequest> got() {
        return got;
    }

    /** The body of the last one. */
    public String body() {
        return got.getLast().body() instanceof HttpBody.Text text ? text.text() : "";
    }

    @Override
    public HttpResult send(HttpRequest request) {
        got.add(request);
        return answers.isEmpty() ? answer(200, "{\"ok\":true}") : answers.pop();
    }

    @Override
    public HttpResult read(HttpRequest request, int maxBytes) {
        throw new UnsupportedOperationException();
    }
}
