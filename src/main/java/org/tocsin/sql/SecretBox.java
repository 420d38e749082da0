package org.tocsin.sql;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Secrets at rest: AES-256-GCM (NIST SP 800-38D) with a random nonce of 96 bits. The place of a value is authenticated with it, so
 * that a ciphertext moved to another row or column does not open.
 */
public final class SecretBox {
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final String VERSION = "v1:";

    private final SecretKeySpec key;
    private final SecureRandom random;

    /** @param key 32 bytes */
    public SecretBox(byte[] key) {
        if (key.length != 32) {
            throw new IllegalArgumentException("the key has 32 bytes");
        }
        this.key = new SecretKeySpec(key, "AES");
        this.random = new SecureRandom();
    }

    /**
     * @param place where the value is kept: table, column, row
     * @param clear what is to be kept
     */
    public String seal(String place, String clear) {
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        try {
            byte[] cipherText =
                    cipher(Cipher.ENCRYPT_MODE, nonce, place).doFinal(clear.getBytes(StandardCharsets.UTF_8));
            byte[] both = ByteBuffer.allocate(NONCE + cipherText.length)
                    .put(nonce)
                    .put(cipherText)
                    .array();
            return VERSION + Base64.getEncoder().encodeToString(both);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @throws IllegalStateException when the key is another, or the value was changed or moved */
    public String open(String place, String cipherText) {
        if (!cipherText.startsWith(VERSION)) {
            throw new IllegalStateException("not a cipherText value: " + place);
        }
        byte[] both = Base64.getDecoder().decode(cipherText.substring(VERSION.length()));
        try {
            byte[] nonce = java.util.Arrays.copyOf(both, NONCE);
            byte[] clear = cipher(Cipher.DECRYPT_MODE, nonce, place).doFinal(both, NONCE, both.length - NONCE);
            return new String(clear, StandardCharsets.UTF_8);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the key does not open " + place, e);
        }
    }

    /**
     * A one-way name for a value (HMAC-SHA-256, RFC 2104, with a key that is derived from this one and used for nothing else).
     *
     * @return 64 hexadecimal digits
     */
    public String hash(String clear) {
        try {
            byte[] derived = mac(key.getEncoded(), "tocsin one-way names");
            return HexFormat.of().formatHex(mac(derived, clear));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] mac(byte[] key, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }

    private Cipher cipher(int mode, byte[] nonce, String place) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
