package org.tocsin.app;

import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
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
    private final CheckpointFile file;
    private final Clock clock;

    /**
     * @param file its folder is there; it need not be
     * @param key  asked for when it is needed
     */
    AuditCheckpoints(UnitOfWork unitOfWork, AuditTrail audit, Path file, Supplier<KeyPair> key, Clock clock) {
        this.unitOfWork = unitOfWork;
        this.audit = audit;
        this.file = new CheckpointFile(file, key);
        this.clock = clock;
    }

    private record Checkpoint(LocalDate day, long number, String hash, String signature) {
        String signed() {
            return "tocsin-audit-1 " + day + " " + number + " " + hash;
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
        return new Checkpoint(bare.day(), bare.number(), bare.hash(), file.sign(bare.signed()));
    }

    @Override
    public Verified verify() {
        List<Checkpoint> checkpoints = read();
        PublicKey open = file.open();
        return unitOfWork.read(tx -> {
            long rows = audit.last(tx);
            long chain = audit.firstBroken(tx);
            Optional<Broken> broken = chain == 0
                    ? Optional.empty()
                    : Optional.of(new Broken(chain, Message.of("app.audit.broken.row", "row", chain)));
            for (Checkpoint one : checkpoints) {
                Optional<Broken> here = broken(tx, open, one);
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
                    Base64.getEncoder().encodeToString(open.getEncoded()));
        });
    }

    private record Broken(long row, Message why) {}

    private Optional<Broken> broken(Tx tx, PublicKey open, Checkpoint one) {
        if (!CheckpointFile.genuine(open, one.signed(), one.signature())) {
            return Optional.of(new Broken(one.number(), Message.of("app.audit.broken.signature", "day", one.day())));
        }
        return audit.hash(tx, one.number()).filter(one.hash()::equals).isPresent()
                ? Optional.empty()
                : Optional.of(new Broken(
                        one.number(),
                        Message.of("app.audit.broken.checkpoint", "row", one.number(), "day", one.day())));
    }

    private List<Checkpoint> read() {
        return file.lines(LINE).stream()
                .map(line -> new Checkpoint(
                        LocalDate.parse(line.group(1)), Long.parseLong(line.group(2)), line.group(3), line.group(4)))
                .toList();
    }

    private void append(Checkpoint one) {
        file.append(one.day() + " " + one.number() + " " + one.hash() + " " + one.signature());
    }
}
