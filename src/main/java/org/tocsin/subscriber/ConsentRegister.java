package org.tocsin.subscriber;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UnitOfWork.Urgency;

/**
 * The proof of consent. Each row is bound to the one before it by a hash, and holds a commitment to what it says: the hash of a random salt
 * and of the words. An erasure takes salt and words away. The chain still verifies then, and without the salt nobody can try whether the
 * commitment stands for a given person.
 */
public final class ConsentRegister {
    private static final int PAGE = 1_000;
    private static final int AT_ONCE = 200;
    /** Before the first row. */
    private static final String NOTHING = "0".repeat(64);

    private final ConsentRepository rows;
    private final SecureRandom random;
    private final Clock clock;

    public ConsentRegister(ConsentRepository rows, Clock clock) {
        this.rows = rows;
        this.random = new SecureRandom();
        this.clock = clock;
    }

    /** Adds a row, in the transaction of what it proves. */
    public void add(Tx tx, BranchId branch, String subscriberId, @Nullable String textId, Consent consent) {
        Optional<ConsentRow> last = rows.last(tx, branch);
        long seq = last.map(ConsentRow::seq).orElse(0L) + 1;
        Instant at = clock.instant().truncatedTo(ChronoUnit.MICROS);
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        String salt = HexFormat.of().formatHex(bytes);
        String commitment = commitment(salt, subscriberId, consent);
        String before = last.map(ConsentRow::hash).orElse(NOTHING);
        rows.insert(
                tx,
                new ConsentRow(
                        branch,
                        seq,
                        at,
                        subscriberId,
                        textId,
                        salt,
                        consent,
                        commitment,
                        hash(before, branch, seq, at, textId, commitment)));
    }

    /** @return in order, those after that number */
    public List<ConsentRow> page(Tx tx, BranchId branch, long after, int max) {
        return rows.page(tx, branch, after, max);
    }

    /** Takes a person out; the chain still holds. */
    public void forget(Tx tx, String subscriberId) {
        rows.forget(tx, subscriberId);
    }

    /** @return ids of those who said something under a key of {@link Suppressions#key}, the first one first */
    public List<String> holders(Tx tx, BranchId branch, String key) {
        return rows.holders(tx, branch, key);
    }

    /** @return under which keys somebody said something, the first one first */
    public List<String> keys(Tx tx, String subscriberId) {
        return rows.keys(tx, subscriberId);
    }

    /** Gives rows that an older version wrote their key. To be called at the start, before anybody is looked for. */
    public void fill(UnitOfWork unitOfWork) {
        long reached = 0;
        do {
            long after = reached;
            reached = unitOfWork.write(Urgency.BULK, tx -> rows.fill(tx, after, AT_ONCE));
        } while (reached != 0);
    }

    /** @return what is known of one membership, in order */
    public List<ConsentRow> of(Tx tx, String subscriberId) {
        return rows.of(tx, subscriberId);
    }

    /** What is wrong with a register. */
    public enum Fault {
        /** A row does not follow from the one before it: it was changed, or one is missing. */
        CHAIN,
        /** A row does not say what it was committed to, or cannot be read any more. */
        WORDS,
        /** A row names a text that is another by now, or is not there. */
        TEXT,
        /** A row is not what was signed, or was taken away: the chain was made anew. */
        CHECKPOINT,
        /** A checkpoint is not signed with the daemon's key. */
        SIGNATURE
    }

    /**
     * What a look at the whole register says.
     *
     * @param rows   how many there are, up to the broken one
     * @param erased how many of them say nothing any more
     * @param broken number of the first row that cannot be relied on; 0 for none
     * @param fault  what is wrong with it; null where nothing is
     */
    public record Verified(
            long rows, long erased, long broken, @Nullable Fault fault) {}

    /** @return the newest row of a branch; empty where nobody has agreed to anything yet */
    public Optional<ConsentRow> last(Tx tx, BranchId branch) {
        return rows.last(tx, branch);
    }

    /** @return what a row is bound to the one before it by; empty where there is no row of that number */
    Optional<String> hash(Tx tx, BranchId branch, long seq) {
        return rows.page(tx, branch, seq - 1, 1).stream()
                .filter(row -> row.seq() == seq)
                .map(ConsentRow::hash)
                .findFirst();
    }

    /**
     * A row up to which the register was found to be whole.
     *
     * @param seq 0 for before the first
     */
    public record Head(long seq, String hash) {
        static final Head NONE = new Head(0, NOTHING);
    }

    /** What came of a look, and from where the next may go on. */
    record Looked(Verified verified, Head head) {}

    /**
     * Reads all of it, and the texts that it names: what is exported as agreed to must be what was agreed to.
     *
     * @param texts gives the words of a text of consent by its id; empty where there is none
     */
    public Verified verify(UnitOfWork unitOfWork, BranchId branch, BiFunction<Tx, String, Optional<String>> texts) {
        return verify(unitOfWork, branch, texts, Head.NONE).verified();
    }

    /** The same for what came after a row; that row itself is taken for right. */
    Looked verify(UnitOfWork unitOfWork, BranchId branch, BiFunction<Tx, String, Optional<String>> texts, Head from) {
        Map<String, String> hashes = new HashMap<>();
        String before = from.hash();
        long count = from.seq();
        long erased = unitOfWork.read(tx -> rows.erased(tx, branch, from.seq()));
        while (true) {
            long after = count;
            List<ConsentRow> page = unitOfWork.read(tx -> {
                List<ConsentRow> some = rows.page(tx, branch, after, PAGE);
                some.stream()
                        .map(ConsentRow::textId)
                        .filter(Objects::nonNull)
                        .forEach(id -> hashes.computeIfAbsent(
                                id,
                                one -> texts.apply(tx, one)
                                        .map(ConsentRegister::sha256)
                                        .orElse("")));
                return some;
            });
            for (ConsentRow row : page) {
                count++;
                Fault fault = fault(row, count, before, hashes);
                if (fault != null) {
                    return new Looked(new Verified(count, erased, count, fault), from);
                }
                erased += row.consent() == null ? 1 : 0;
                before = row.hash();
            }
            if (page.size() < PAGE) {
                return new Looked(new Verified(count, erased, 0, null), new Head(count, before));
            }
        }
    }

    private static @Nullable Fault fault(ConsentRow row, long seq, String before, Map<String, String> texts) {
        if (row.seq() != seq
                || !row.hash().equals(hash(before, row.branch(), seq, row.at(), row.textId(), row.commitment()))) {
            return Fault.CHAIN;
        }
        String salt = row.salt();
        Consent consent = row.consent();
        String whose = row.subscriberId();
        if (whose == null) {
            return null;
        }
        if (salt == null || consent == null) {
            return Fault.WORDS;
        }
        if (!commitment(salt, whose, consent).equals(row.commitment())) {
            return Fault.WORDS;
        }
        return row.textId() == null || Objects.equals(consent.textHash(), texts.get(row.textId())) ? null : Fault.TEXT;
    }

    private static String hash(
            String before, BranchId branch, long seq, Instant at, @Nullable String textId, String commitment) {
        return sha256(String.join(
                "\n",
                before,
                branch.value(),
                String.valueOf(seq),
                at.toString(),
                textId == null ? "" : textId,
                commitment));
    }

    /** Each field with its length before it, so that no two records are written alike. */
    private static String commitment(String salt, String subscriberId, Consent consent) {
        StringBuilder words = new StringBuilder();
        for (String field : List.of(
                salt,
                subscriberId,
                consent.kind().name(),
                consent.purpose(),
                consent.language(),
                consent.textHash() == null ? "" : consent.textHash(),
                consent.reach().name(),
                consent.who(),
                String.valueOf(consent.topics().size()),
                consent.link() == null ? "" : consent.link(),
                consent.door().name(),
                consent.proof())) {
            words.append(field.length()).append(':').append(field).append('\n');
        }
        consent.topics()
                .forEach(topic ->
                        words.append(topic.length()).append(':').append(topic).append('\n'));
        return sha256(words.toString());
    }

    /** @return 64 hexadecimal digits */
    static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
