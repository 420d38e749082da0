package org.tocsin.web.desk;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Objects;
import java.util.function.Supplier;
import org.tocsin.web.Response;

/**
 * The answer to a form that was pressed twice is the first one: a token that is shown once would be lost, for a browser shows the answer to
 * the second press, and an invitation would be told that its login is taken. In memory, for as long as a hand may tremble, and only for
 * the session that sent it. What was refused is tried again: the reason may be gone.
 */
final class Repeats {
    private static final Duration REMEMBERED = Duration.ofMinutes(2);
    private static final int MOST = 500;
    private static final int REFUSED = 400;

    private final Cache<Key, Response> answers;

    Repeats() {
        this.answers = Caffeine.newBuilder()
                .expireAfterWrite(REMEMBERED)
                .maximumSize(MOST)
                .build();
    }

    /**
     * What was sent, whole: a form that was mended is another.
     *
     * @param form its SHA-256: there are passwords in it
     */
    private record Key(String session, String path, String form) {
        static Key of(Visit visit) {
            String form = visit.form().whole().toString();
            try {
                byte[] hash = MessageDigest.getInstance("SHA-256").digest(form.getBytes(StandardCharsets.UTF_8));
                return new Key(
                        visit.csrf(), visit.request().path(), HexFormat.of().formatHex(hash));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** @return what it is answered; a form without a key of its own is answered each time */
    Response once(Visit visit, Supplier<Response> answer) {
        if (visit.form().get("once").isEmpty()) {
            return answer.get();
        }
        Key key = Key.of(visit);
        Response given = Objects.requireNonNull(answers.get(key, ignored -> answer.get()));
        if (given.status() >= REFUSED) {
            answers.invalidate(key);
        }
        return given;
    }
}
