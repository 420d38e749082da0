package org.tocsin.http;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Requests by the rules of Standard Webhooks 1.0: {@code webhook-id} stays the same over all attempts, {@code webhook-signature} is
 * {@code v1,} and the HMAC-SHA256 of id, time and body, which are joined by dots.
 */
public final class StandardWebhooks {
    /** How secrets begin; what follows is the key in base64. */
    public static final String PREFIX = "whsec_";

    /** Of a fresh secret; the specification asks for 24 to 64. */
    private static final int KEY_BYTES = 32;

    private StandardWebhooks() {}

    /**
     * @param secret with {@link #PREFIX} and base64, or the key's own characters
     * @param id     by which the receiver knows a repeat
     * @param now    of this attempt: a receiver refuses what is older than five minutes
     * @param body   JSON
     */
    public static HttpRequest request(URI url, String secret, String id, Instant now, String body) {
        String seconds = String.valueOf(now.getEpochSecond());
        return HttpRequest.post(url, HttpBody.json(body))
                .with("webhook-id", id)
                .with("webhook-timestamp", seconds)
                .with("webhook-signature", "v1," + sign(secret, id + "." + seconds + "." + body));
    }

    /** @return a secret that nobody knows yet */
    public static String freshSecret(SecureRandom random) {
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        return PREFIX + Base64.getEncoder().encodeToString(key);
    }

    private static byte[] key(String secret) {
        if (secret.startsWith(PREFIX)) {
            try {
                return Base64.getDecoder().decode(secret.substring(PREFIX.length()));
            } catch (IllegalArgumentException _) {
                return secret.getBytes(StandardCharsets.UTF_8);
            }
        }
        return secret.getBytes(StandardCharsets.UTF_8);
    }

    private static String sign(String secret, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key(secret), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
