package org.tocsin.people;

import com.nulabinc.zxcvbn.Zxcvbn;
import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Fault;
import org.tocsin.base.FaultException;
import org.tocsin.base.FaultException.Kind;
import org.tocsin.base.Message;
import org.tocsin.base.Secret;

/**
 * Hashes and checks passwords: argon2id with 46 MiB, one pass, one lane (OWASP ASVS 5.0, appendix C). At most two are computed at a time,
 * so that a flood of attempts takes neither memory nor processors from the rest.
 */
public final class Passwords {
    /** A password of this length that is not among the common ones takes longer to guess than anybody waits. */
    public static final int MIN_LENGTH = 12;

    private static final int MAX_BYTES = 1024;
    private static final int MEMORY_KIB = 47_104;
    private static final int HASH_BYTES = 32;
    private static final int SALT_BYTES = 16;
    private static final int ENOUGH_SCORE = 3;
    private static final int SCORED = 100;

    private final Semaphore computing = new Semaphore(2, true);
    /** Checked where nobody has a login, so that the answer takes as long as for somebody who has. */
    private volatile @Nullable String nobody;

    /** Its word lists take time and memory: they are read when the first password is chosen, not at every start. */
    private static final class Strength {
        static final Zxcvbn MEASURE = new Zxcvbn();
    }

    /**
     * @param personal words that are easily guessed for this person: name, login, organisation
     * @return its hash, in PHC form
     * @throws FaultException INVALID at {@code /password} when it is too short, too long or common; TOO_MANY
     */
    public String hash(Secret password, List<String> personal) {
        String text = normal(password);
        if (text.codePointCount(0, text.length()) < MIN_LENGTH) {
            throw FaultException.invalid("/password", Message.of("people.password.short", "limit", MIN_LENGTH));
        }
        if (text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw FaultException.invalid("/password", Message.of("people.password.long", "limit", MAX_BYTES));
        }
        String scored = text.length() > SCORED ? text.substring(0, SCORED) : text;
        if (Strength.MEASURE.measure(scored, personal).getScore() < ENOUGH_SCORE) {
            throw FaultException.invalid("/password", Message.of("people.password.common"));
        }
        return computed(text);
    }

    private String computed(String text) {
        return alone(() -> Password.hash(text)
                .addRandomSalt(SALT_BYTES)
                .with(Argon2Function.getInstance(MEMORY_KIB, 1, 1, HASH_BYTES, Argon2.ID))
                .getResult());
    }

    /**
     * @param stored its hash; null where nobody has that login, which takes as long
     * @throws FaultException TOO_MANY
     */
    public boolean matches(Secret password, @Nullable String stored) {
        String text = normal(password);
        boolean possible = text.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES;
        String hash = stored;
        if (hash == null || !possible) {
            hash = nobody;
            if (hash == null) {
                hash = computed("nobody has this password");
                nobody = hash;
            }
        }
        String against = hash;
        boolean same = alone(
                () -> Password.check(possible ? text : "", against).with(Argon2Function.getInstanceFromHash(against)));
        return same && possible && stored != null;
    }

    /** The same password typed on another keyboard has other code points (Unicode TR 15; NIST SP 800-63B, 5.1.1.2). */
    private static String normal(Secret password) {
        return Normalizer.normalize(password.reveal(), Normalizer.Form.NFKC);
    }

    private <T> T alone(java.util.function.Supplier<T> work) {
        boolean mine = false;
        try {
            mine = computing.tryAcquire(1, TimeUnit.SECONDS);
            if (!mine) {
                throw new FaultException(Kind.TOO_MANY, Fault.at("", Message.of("people.busy")));
            }
            return work.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FaultException(Kind.TOO_MANY, Fault.at("", Message.of("people.busy")));
        } finally {
            if (mine) {
                computing.release();
            }
        }
    }
}
