package org.tocsin.people;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Time-based one-time passwords as authenticator apps make them: RFC 6238 with HMAC-SHA-1, six digits, thirty seconds. */
final class Totp {
    static final int KEY_BYTES = 20;

    private static final long STEP_SECONDS = 30;
    private static final int DIGITS = 1_000_000;
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private Totp() {}

    /**
     * @param key   in base32
     * @param after the step of the last code that was taken
     * @return the step of the code, where it is that of now, the one before or the one after, and later than {@code after}
     */
    static OptionalLong step(String key, String code, Instant now, long after) {
        long current = now.getEpochSecond() / STEP_SECONDS;
        for (long step = current - 1; step <= current + 1; step++) {
            if (step > after && code(key, step).equals(code)) {
                return OptionalLong.of(step);
            }
        }
        return OptionalLong.empty();
    }

    /** RFC 4226, 5.3. */
    static String code(String key, long step) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(decode(key), "RAW"));
            byte[] hash = mac.doFinal(ByteBuffer.allocate(8).putLong(step).array());
            int offset = hash[hash.length - 1] & 0xF;
            int number = ByteBuffer.wrap(hash, offset, 4).getInt() & 0x7FFFFFFF;
            return String.format(Locale.ROOT, "%06d", number % DIGITS);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** RFC 4648, 6, without padding. */
    static String encode(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        int buffer = 0;
        int bits = 0;
        for (byte one : bytes) {
            buffer = (buffer << 8) | (one & 0xFF);
            bits += 8;
            while (bits >= 5) {
                text.append(BASE32.charAt((buffer >> (bits - 5)) & 31));
                bits -= 5;
            }
        }
        return bits == 0
                ? text.toString()
                : text.append(BASE32.charAt((buffer << (5 - bits)) & 31)).toString();
    }

    private static byte[] decode(String text) {
        byte[] bytes = new byte[text.length() * 5 / 8];
        int buffer = 0;
        int bits = 0;
        int at = 0;
        for (int i = 0; i < text.length() && at < bytes.length; i++) {
            buffer = (buffer << 5) | BASE32.indexOf(text.charAt(i));
            bits += 5;
            if (bits >= 8) {
                bytes[at++] = (byte) (buffer >> (bits - 8));
                bits -= 8;
            }
        }
        return bytes;
    }
}
