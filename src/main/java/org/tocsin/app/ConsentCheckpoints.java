package org.tocsin.app;

import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.base.BranchId;
import org.tocsin.base.Message;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.delivery.Notices;
import org.tocsin.subscriber.ConsentProof;
import org.tocsin.subscriber.ConsentRegister;
import org.tocsin.subscriber.ConsentRegister.Verified;
import org.tocsin.subscriber.ConsentRow;
import org.tocsin.subscriber.SignUpRepository;
import org.tocsin.web.SubscriberViews;

/**
 * Once a day (UTC) the last row of each branch's register of consent is signed, into the file that holds the checkpoints of the audit trail. It
 * names nobody, and stays right when people are erased.
 */
final class ConsentCheckpoints implements ConsentProof.Checkpoints {
    private static final Logger log = LoggerFactory.getLogger(ConsentCheckpoints.class);
    private static final Pattern LINE = Pattern.compile(
            "consent (\\S{1,100}) (\\d{4}-\\d\\d-\\d\\d) (\\d{1,18}) ([0-9a-f]{64}) ([A-Za-z0-9+/=]{1,200})");

    private final UnitOfWork unitOfWork;
    private final ConsentRegister register;
    private final SignUpRepository house;
    private final CheckpointFile file;
    private final Notices notices;
    private final Clock clock;

    /**
     * @param file its folder is there; it need not be
     * @param key  asked for when it is needed
     */
    ConsentCheckpoints(
            UnitOfWork unitOfWork,
            ConsentRegister register,
            SignUpRepository house,
            Path file,
            Supplier<KeyPair> key,
            Notices notices,
            Clock clock) {
        this.unitOfWork = unitOfWork;
        this.register = register;
        this.house = house;
        this.file = new CheckpointFile(file, key);
        this.notices = notices;
        this.clock = clock;
    }

    private static String signed(BranchId branch, String day, long seq, String hash) {
        return "tocsin-consent-1 " + branch.value() + " " + day + " " + seq + " " + hash;
    }

    /** Signs each register as it stands, unless that was done today. One that is broken is not signed: that is told instead. */
    synchronized void mark(ConsentProof proof) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        for (BranchId branch : unitOfWork.read(house::branches)) {
            boolean done = lines(branch).stream()
                    .anyMatch(line -> !LocalDate.parse(line.group(2)).isBefore(today));
            if (!done) {
                mark(proof, branch, today);
            }
        }
    }

    private void mark(ConsentProof proof, BranchId branch, LocalDate today) {
        Optional<ConsentRow> head = unitOfWork.read(tx -> register.last(tx, branch));
        if (head.isEmpty()) {
            return;
        }
        Verified verified = proof.verify(branch);
        if (verified.fault() != null) {
            log.atError()
                    .addKeyValue("branch", branch.value())
                    .addKeyValue("row", verified.broken())
                    .addKeyValue("fault", verified.fault())
                    .log("the register of consent is broken and is not signed");
            tell(branch, SubscriberViews.fault(verified));
            return;
        }
        unitOfWork.write(Urgency.BULK, tx -> {
            notices.close(tx, branch, Set.of(Notices.Kind.REGISTER), branch.value());
            return true;
        });
        long seq = head.get().seq();
        String hash = head.get().hash();
        String signature = file.sign(signed(branch, today.toString(), seq, hash));
        file.append("consent " + branch.value() + " " + today + " " + seq + " " + hash + " " + signature);
    }

    /** Once for each fault: what somebody has put away is not told again each hour. */
    private void tell(BranchId branch, Message fault) {
        unitOfWork.write(Urgency.BULK, tx -> {
            if (!notices.told(tx, branch, Notices.Kind.REGISTER, branch.value(), fault)) {
                notices.raise(tx, branch, Notices.Kind.REGISTER, branch.value(), fault);
            }
            return true;
        });
    }

    private List<MatchResult> lines(BranchId branch) {
        return file.lines(LINE).stream()
                .filter(line -> line.group(1).equals(branch.value()))
                .toList();
    }

    @Override
    public List<ConsentProof.Checkpoint> of(BranchId branch) {
        List<MatchResult> lines = lines(branch);
        if (lines.isEmpty()) {
            return List.of();
        }
        PublicKey open = file.open();
        return lines.stream()
                .map(line -> {
                    long seq = Long.parseLong(line.group(3));
                    String hash = line.group(4);
                    return new ConsentProof.Checkpoint(
                            LocalDate.parse(line.group(2)),
                            seq,
                            hash,
                            CheckpointFile.genuine(open, signed(branch, line.group(2), seq, hash), line.group(5)));
                })
                .toList();
    }
}
