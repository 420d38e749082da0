package org.tocsin.sql;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.tocsin.delivery.DeliverySegment;

/** The hash by which an equal text on the same channel is recognised. */
final class TextHash {
    private TextHash() {}

    static String of(List<DeliverySegment> segments) {
        return of(segments.stream().map(segment -> segment.content().text()).collect(Collectors.joining("\n\n")));
    }

    /** White space is folded, so that a text and its thread are equal. */
    static String of(String text) {
        try {
            byte[] bytes = text.replaceAll("\\s+", " ").strip().getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
