package org.tocsin.subscriber;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.tocsin.base.BranchId;
import org.tocsin.base.UnitOfWork;
import org.tocsin.subscriber.ConsentRegister.Fault;
import org.tocsin.subscriber.ConsentRegister.Head;
import org.tocsin.subscriber.ConsentRegister.Looked;
import org.tocsin.subscriber.ConsentRegister.Verified;

/**
 * Shows whether the register of consent is what it was: by its chain, by the texts that it names, and by checkpoints that were signed outside of
 * the database. Whoever makes the chain anew up to its end still differs from those.
 */
public final class ConsentProof {
    private final UnitOfWork unitOfWork;
    private final ConsentRegister register;
    private final SignUpRepository house;
    private final Checkpoints checkpoints;
    /** Up to where each register was found to be whole since the start. */
    private final Map<BranchId, Head> heads;

    public ConsentProof(
            UnitOfWork unitOfWork, ConsentRegister register, SignUpRepository house, Checkpoints checkpoints) {
        this.unitOfWork = unitOfWork;
        this.register = register;
        this.house = house;
        this.checkpoints = checkpoints;
        this.heads = new ConcurrentHashMap<>();
    }

    /** What was signed. */
    public interface Checkpoints {
        /** @return in order */
        List<Checkpoint> of(BranchId branch);
    }

    /**
     * A row as it was on a day.
     *
     * @param genuine whether the daemon's key has signed it
     */
    public record Checkpoint(LocalDate day, long seq, String hash, boolean genuine) {}

    /** Reads the whole register of a branch, and every checkpoint of it. */
    public Verified verify(BranchId branch) {
        return look(branch, Head.NONE);
    }

    /**
     * Reads what came since the last time, and relies on that for what was there before: a page that is looked at often must not read a large
     * register each time. All of it is read when the daemon has been started, each day, and by {@link #verify}.
     */
    public Verified look(BranchId branch) {
        Head known = heads.getOrDefault(branch, Head.NONE);
        boolean there = known.seq() == 0
                || unitOfWork
                        .read(tx -> register.hash(tx, branch, known.seq()))
                        .filter(known.hash()::equals)
                        .isPresent();
        return look(branch, there ? known : Head.NONE);
    }

    private Verified look(BranchId branch, Head from) {
        Looked looked = register.verify(
                unitOfWork, branch, (tx, id) -> house.text(tx, id).map(ConsentText::text), from);
        Verified verified = from.seq() == 0 ? signed(branch, looked.verified()) : looked.verified();
        if (verified.fault() == null) {
            heads.put(branch, looked.head());
        } else {
            // The next look reads all of it again, whoever asks.
            heads.remove(branch);
        }
        return verified;
    }

    private Verified signed(BranchId branch, Verified chain) {
        List<Checkpoint> all = checkpoints.of(branch);
        return unitOfWork.read(tx -> {
            Verified verified = chain;
            for (Checkpoint one : all) {
                Optional<String> hash = register.hash(tx, branch, one.seq());
                Fault fault = !one.genuine()
                        ? Fault.SIGNATURE
                        : hash.filter(one.hash()::equals).isEmpty() ? Fault.CHECKPOINT : null;
                if (fault != null && (verified.broken() == 0 || one.seq() < verified.broken())) {
                    verified = new Verified(chain.rows(), chain.erased(), one.seq(), fault);
                }
            }
            return verified;
        });
    }
}
