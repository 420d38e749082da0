package org.tocsin.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;
import org.tocsin.people.AuditProof;
import org.tocsin.people.AuditTrail;

/**
 * Once a day (UTC) the last row of the audit trail is signed (Ed25519) into a file beside the database. Whoever changes a row and makes the
 * chain anew up to the end still differs from what was signed; whoever copies the file away is safe from one who has the key as well.
 */
final class AuditCheckpoints implements AuditProof {
    private static final Logger log = LoggerFactory.getLogger(AuditCheckpoints.class);
    private static final Pattern LINE =
            Pattern.compile("(\\d{4}-\\d\\d-\\d\\d) (\\d{1,18}) ([0-9a-f]{64}) ([A-Za-z0-9+/=]{1,200})");

    private final UnitOfWork unitOfWork;
    private final AuditTrail audit;
    private final Path file;
    private final Supplier<KeyPair> key;
    private final Clock clock;

    /**
     * @param file its folder is there; it need not be
     * @param key  asked for when it is needed
     */
    AuditCheckpoints(UnitOfWork unitOfWork, AuditTrail audit, Path file, Supplier<KeyPair> key, Clock clock) {
        this.unitOfWork = unitOfWork;
        this.audit = audit;
        this.file = file;
        this.key = key;
        this.clock = clock;
    }

    private record Checkpoint(LocalDate day, long number, String hash, String signature) {
        byte[] signed() {
            return ("tocsin-audit-1 " + day + " " + number + " " + hash).getBytes(StandardCharsets.UTF_8);
        }
    }

    /** Signs the trail as it stands, unless that was done today. A trail that is broken is not signed: that is told instead. */
    synchronized void mark() {
        List<Checkpoint> before = read();
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        if (!before.isEmpty() && !before.getLast().day().isBefore(today)) {
            return;
        }
        long number = unitOfWork.read(audit::last);
        if (number == 0) {
            return;
        }
        Verified verified = verify();
        if (verified.firstBroken() != 0) {
            log.atError().addKeyValue("row", verified.firstBroken()).log("the audit trail is broken and is not signed");
            return;
        }
        String hash = unitOfWork.read(tx -> audit.hash(tx, number)).orElseThrow();
        append(signed(new Checkpoint(today, number, hash, "")));
    }

    private Checkpoint signed(Checkpoint bare) {
        try {
            Signature signer = Signature.getInstance("Ed25519");
            signer.initSign(key.get().getPrivate());
            signer.update(bare.signed());
            return new Checkpoint(
                    bare.day(), bare.number(), bare.hash(), Base64.getEncoder().encodeToString(signer.sign()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Verified verify() {
        List<Checkpoint> checkpoints = read();
        String open = Base64.getEncoder().encodeToString(key.get().getPublic().getEncoded());
        return unitOfWork.read(tx -> {
            long rows = audit.last(tx);
            long chain = audit.firstBroken(tx);
            Optional<Broken> broken = chain == 0
                    ? Optional.empty()
                    : Optional.of(new Broken(chain, Message.of("app.audit.broken.row", "row", chain)));
            for (Checkpoint one : checkpoints) {
                Optional<Broken> here = broken(tx, one);
                if (here.isPresent()
                        && (broken.isEmpty() || here.get().row() < broken.get().row())) {
                    broken = here;
                }
            }
            return new Verified(
                    rows,
                    checkpoints.size(),
                    broken.map(Broken::row).orElse(0L),
                    broken.map(Broken::why).orElse(null),
                    open);
        });
    }

    private record Broken(long row, Message why) {}

    private Optional<Broken> broken(Tx tx, Checkpoint one) {
        if (!genuine(one)) {
            return Optional.of(new Broken(one.number(), Message.of("app.audit.broken.signature", "day", one.day())));
        }
        return audit.hash(tx, one.number()).filter(one.hash()::equals).isPresent()
                ? Optional.empty()
                : Optional.of(new Broken(
                        one.number(),
                        Message.of("app.audit.broken.checkpoint", "row", one.number(), "day", one.day())));
    }

    private boolean genuine(Checkpoint one) {
        try {
            Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(key.get().getPublic());
            verifier.update(one.signed());
            return verifier.verify(Base64.getDecoder().decode(one.signature()));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    private List<Checkpoint> read() {
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            // A line that a crash cut off is no checkpoint yet: the next look makes one.
            return Files.readAllLines(file, StandardCharsets.UTF_8).stream()
                    .map(LINE::matcher)
                    .filter(Matcher::matches)
                    .map(line -> new Checkpoint(
                            LocalDate.parse(line.group(1)),
                            Long.parseLong(line.group(2)),
                            line.group(3),
                            line.group(4)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void append(Checkpoint one) {
        // It begins with a line end as well: after one that was cut off.
        String line = "\n" + one.day() + " " + one.number() + " " + one.hash() + " " + one.signature() + "\n";
        try (FileChannel out = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
