package org.tocsin.feed;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A document to be served.
 *
 * @param contentType  value of the header
 * @param bytes        the body in UTF-8; not to be changed
 * @param etag         strong, with its quotes (RFC 9110, section 8.8.3)
 * @param lastModified in whole seconds
 */
public record FeedDocument(String contentType, byte[] bytes, String etag, Instant lastModified) {
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    static FeedDocument of(String contentType, String text, Instant changed) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new FeedDocument(contentType, bytes, etag(bytes), changed.truncatedTo(ChronoUnit.SECONDS));
    }

    private static String etag(byte[] bytes) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return '"' + HexFormat.of().formatHex(hash, 0, 16) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @return the value of a {@code Last-Modified} header */
    public String lastModifiedHeader() {
        return HTTP_DATE.format(lastModified);
    }

    /**
     * By RFC 9110, section 13.2.2: where there is an {@code If-None-Match}, the other header is not looked at.
     *
     * @param ifNoneMatch     the header's value, several joined by commas; null where there is none
     * @param ifModifiedSince the header's value, null where there is none; one that cannot be read is as none
     * @return whether the answer is 304
     */
    public boolean notModified(@Nullable String ifNoneMatch, @Nullable String ifModifiedSince) {
        if (ifNoneMatch != null) {
            return Arrays.stream(ifNoneMatch.split(","))
                    .map(String::strip)
                    .map(tag -> tag.startsWith("W/") ? tag.substring(2) : tag)
                    .anyMatch(tag -> tag.equals("*") || tag.equals(etag));
        }
        if (ifModifiedSince == null) {
            return false;
        }
        try {
            Instant since = DateTimeFormatter.RFC_1123_DATE_TIME.parse(ifModifiedSince.strip(), Instant::from);
            return !lastModified.isAfter(since);
        } catch (DateTimeException _) {
            return false;
        }
    }
}
