package org.tocsin.network;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jspecify.annotations.Nullable;
import org.tocsin.http.HttpClient;
import org.tocsin.http.HttpRequest;
import org.tocsin.http.HttpResult;

/** Reads the page behind a link, once, to make its card. A post never fails for want of one. */
public final class LinkCards {
    /** Of a page, after decompression. */
    static final int MOST_BYTES = 1_000_000;

    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final Pattern CHARSET = Pattern.compile("(?i)charset\\s*=\\s*\"?([^\\s;\"]+)");

    private final HttpClient http;

    /** @param http the guarded client: the link comes from a person, and the page from a stranger */
    public LinkCards(HttpClient http) {
        this.http = http;
    }

    /**
     * @param url the link
     * @return its card; empty when the page cannot be read within ten seconds and 1 MB, is not {@code text/html}, or has no title
     */
    public Optional<LinkCard> read(URI url) {
        if (!OpenGraph.web(url)) {
            return Optional.empty();
        }
        HttpRequest request = HttpRequest.get(url).with("Accept", "text/html").within(DEADLINE);
        return switch (http.read(request, MOST_BYTES)) {
            case HttpResult.Answer answer when answer.ok() -> card(answer, url);
            case HttpResult.Answer ignored -> Optional.empty();
            case HttpResult.NotSent ignored -> Optional.empty();
            case HttpResult.NoAnswer ignored -> Optional.empty();
        };
    }

    private static Optional<LinkCard> card(HttpResult.Answer answer, URI url) {
        String type = answer.header("content-type").orElse("");
        if (!type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals("text/html")) {
            return Optional.empty();
        }
        try {
            return OpenGraph.card(
                    Jsoup.parse(new ByteArrayInputStream(answer.bytes()), charset(type), url.toString()), url);
        } catch (IOException | UncheckedIOException notReadable) {
            return Optional.empty();
        }
    }

    /** @return the charset of the header; null where there is none that is known, and the page itself is asked */
    private static @Nullable String charset(String type) {
        Matcher matcher = CHARSET.matcher(type);
        try {
            return matcher.find() && Charset.isSupported(matcher.group(1)) ? matcher.group(1) : null;
        } catch (IllegalCharsetNameException unknown) {
            return null;
        }
    }
}
