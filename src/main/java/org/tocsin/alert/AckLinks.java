package org.tocsin.alert;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Links by which a person says from his mail that he has seen an alert. A link says which alert, for whom and until when, and carries 256 bits
 * that only who holds the daemon's key can make (HMAC-SHA256, RFC 2104): nothing of it is stored, and nothing that is stored makes one.
 */
public final class AckLinks {
    /** Longer than anybody leaves an alert, and not for ever in an archive of mail. */
    static final Duration LASTS = Duration.ofDays(7);

    private static final Pattern TOKEN =
            Pattern.compile("([A-Za-z0-9-]{1,64})\\.([A-Za-z0-9-]{1,64})\\.(\\d{1,12})\\.([0-9a-f]{64})");

    private final UnaryOperator<String> mac;

    /** @param mac gives 64 hexadecimal digits under the daemon's key, always the same for the same text */
    public AckLinks(UnaryOperator<String> mac) {
        this.mac = mac;
    }

    /** What a link is for. */
    record Ack(String alertId, String recipientId) {}

    /** @return the secret part of the address */
    String token(String alertId, String recipientId, Instant from) {
        String said = alertId + '.' + recipientId + '.' + from.plus(LASTS).getEpochSecond();
        return said + '.' + signed(said);
    }

    private String signed(String said) {
        return mac.apply("acknowledge\n" + said);
    }

    /** @return empty where it is not one of ours, or too old */
    Optional<Ack> read(String token, Instant now) {
        Matcher parts = TOKEN.matcher(token);
        if (!parts.matches()) {
            return Optional.empty();
        }
        String said = parts.group(1) + '.' + parts.group(2) + '.' + parts.group(3);
        boolean ours = MessageDigest.isEqual(
                signed(said).getBytes(StandardCharsets.US_ASCII), parts.group(4).getBytes(StandardCharsets.US_ASCII));
        return ours && now.getEpochSecond() < Long.parseLong(parts.group(3))
                ? Optional.of(new Ack(parts.group(1), parts.group(2)))
                : Optional.empty();
    }
}
