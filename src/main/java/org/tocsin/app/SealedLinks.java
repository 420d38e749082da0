package org.tocsin.app;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.tocsin.subscriber.LetterLinks;

/** Links of letters: the subscriber's id and a keyed hash of it, 16 and 32 bytes in base64url. */
final class SealedLinks implements LetterLinks {
    private static final int ID = 16;
    private static final int LENGTH = 64;

    private final UnaryOperator<String> hash;
    private final String base;

    /**
     * @param hash keyed, 64 hexadecimal digits
     * @param base the public address, without a slash at its end
     */
    SealedLinks(UnaryOperator<String> hash, String base) {
        this.hash = hash;
        this.base = base;
    }

    @Override
    public String leave(String subscriberId) {
        return base + "/newsletter/leave/" + token(subscriberId);
    }

    @Override
    public String choices(String subscriberId) {
        return base + "/newsletter/choices/" + token(subscriberId);
    }

    private String token(String subscriberId) {
        UUID id = UUID.fromString(subscriberId);
        byte[] bytes = ByteBuffer.allocate(ID + 32)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .put(HexFormat.of().parseHex(hash.apply("letter-link:" + subscriberId)))
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public Optional<String> subscriber(String token) {
        if (token.length() != LENGTH || !token.matches("[A-Za-z0-9_-]+")) {
            return Optional.empty();
        }
        ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(token));
        String id = new UUID(bytes.getLong(), bytes.getLong()).toString();
        boolean ours = MessageDigest.isEqual(
                token(id).getBytes(StandardCharsets.US_ASCII), token.getBytes(StandardCharsets.US_ASCII));
        return ours ? Optional.of(id) : Optional.empty();
    }
}
