package org.tocsin.web;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Text whose encoding nobody tells: UTF-8, or what a spreadsheet writes where it does not write that. */
final class TextBytes {
    private static final Charset WINDOWS = Charset.forName("windows-1252");

    private TextBytes() {}

    /** @return the text: in UTF-16 with its byte order mark, in UTF-8 where it is valid, else in Windows-1252 */
    static String decode(byte[] bytes) {
        if (begins(bytes, 0xFF, 0xFE) || begins(bytes, 0xFE, 0xFF)) {
            return new String(bytes, StandardCharsets.UTF_16);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return new String(bytes, WINDOWS);
        }
    }

    private static boolean begins(byte[] bytes, int first, int second) {
        return bytes.length >= 2 && Byte.toUnsignedInt(bytes[0]) == first && Byte.toUnsignedInt(bytes[1]) == second;
    }
}
