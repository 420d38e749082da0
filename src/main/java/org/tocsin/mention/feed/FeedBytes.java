package org.tocsin.mention.feed;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the bytes of a feed as text. What says which characters they are goes in a fixed order: a byte order mark, the header
 * {@code Content-Type}, the XML declaration, else UTF-8. Bytes that mean nothing there become U+FFFD.
 */
final class FeedBytes {
    private static final int PROLOG = 200;
    private static final Pattern DECLARED =
            Pattern.compile("^\\s*<\\?xml[^>]*encoding\\s*=\\s*[\"']([A-Za-z0-9._:-]{1,40})[\"']");
    private static final Pattern HEADER =
            Pattern.compile("charset\\s*=\\s*\"?([A-Za-z0-9._:-]{1,40})", Pattern.CASE_INSENSITIVE);

    private FeedBytes() {}

    static String text(byte[] bytes, @Nullable String contentType) {
        if (starts(bytes, 0xEF, 0xBB, 0xBF)) {
            return decode(bytes, 3, StandardCharsets.UTF_8);
        }
        if (starts(bytes, 0xFE, 0xFF)) {
            return decode(bytes, 2, StandardCharsets.UTF_16BE);
        }
        if (starts(bytes, 0xFF, 0xFE)) {
            return decode(bytes, 2, StandardCharsets.UTF_16LE);
        }
        if (starts(bytes, 0, '<')) {
            return decode(bytes, 0, StandardCharsets.UTF_16BE);
        }
        if (starts(bytes, '<', 0)) {
            return decode(bytes, 0, StandardCharsets.UTF_16LE);
        }
        Charset charset = charset(HEADER, contentType == null ? "" : contentType)
                .or(() -> charset(
                        DECLARED, new String(bytes, 0, Math.min(PROLOG, bytes.length), StandardCharsets.ISO_8859_1)))
                .orElse(StandardCharsets.UTF_8);
        return decode(bytes, 0, charset);
    }

    private static boolean starts(byte[] bytes, int... prefix) {
        if (bytes.length < prefix.length) {
            return false;
        }
        for (int i = 0; i < prefix.length; i++) {
            if ((bytes[i] & 0xFF) != prefix[i]) {
                return false;
            }
        }
        return true;
    }

    private static Optional<Charset> charset(Pattern where, String said) {
        Matcher found = where.matcher(said);
        if (!found.find()) {
            return Optional.empty();
        }
        String name = found.group(1).toLowerCase(Locale.ROOT);
        // What calls itself Latin-1 is windows-1252 nearly always, and differs only where Latin-1 has control
        // characters (WHATWG Encoding).
        if (name.equals("iso-8859-1") || name.equals("us-ascii") || name.equals("latin1")) {
            return Optional.of(Charset.forName("windows-1252"));
        }
        try {
            // UTF-7 hides marks from whoever looks for them; the JDK has none, and none is added.
            return name.startsWith("utf-16") || name.startsWith("utf-32")
                    ? Optional.empty()
                    : Optional.of(Charset.forName(name));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            return Optional.empty();
        }
    }

    private static String decode(byte[] bytes, int from, Charset charset) {
        try {
            return charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPLACE)
                    .onUnmappableCharacter(CodingErrorAction.REPLACE)
                    .decode(ByteBuffer.wrap(bytes, from, bytes.length - from))
                    .toString();
        } catch (java.nio.charset.CharacterCodingException replaced) {
            throw new IllegalStateException(replaced);
        }
    }
}
