package org.tocsin.people;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;
import org.tocsin.base.Secret;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UnitOfWork.Urgency;

/** A second factor for oneself: a key for an authenticator app, proven by a code, and ten recovery codes that work once each. */
public final class SecondFactors {
    private static final int RECOVERY_CODES = 10;
    private static final int RECOVERY_BYTES = 10;

    private final UnitOfWork unitOfWork;
    private final UserRepository users;
    private final AuditTrail audit;
    private final PasswordProof proof;
    private final RandomTokens random;
    private final Clock clock;

    public SecondFactors(
            UnitOfWork unitOfWork, UserRepository users, AuditTrail audit, Passwords passwords, Clock clock) {
        this.unitOfWork = unitOfWork;
        this.users = users;
        this.audit = audit;
        this.proof = new PasswordProof(unitOfWork, audit, passwords, clock);
        this.random = new RandomTokens();
        this.clock = clock;
    }

    /**
     * @return a fresh key in base32; nothing is stored before {@link #confirm}
     * @throws FaultException CONFLICT when he has a second factor
     */
    public Secret propose(User user) {
        refuseSecond(user);
        return Secret.of(Totp.encode(random.bytes(Totp.KEY_BYTES)));
    }

    /**
     * Turns the second factor on. Who has one removes it first: a browser left open is not enough to put another in its place.
     *
     * @param key     as proposed
     * @param code    that an app made of it
     * @param current the password
     * @return recovery codes, shown once
     * @throws FaultException CONFLICT when one is on; INVALID at {@code /current} when that is not his password, at {@code /code} when
     *     it is not one of that key; TOO_MANY while he must wait after wrong passwords
     */
    public List<Secret> confirm(User user, Secret key, String code, Secret current) {
        refuseSecond(user);
        proof.check(user, current);
        OptionalLong step = key.reveal().matches("[A-Z2-7]{32}")
                ? Totp.step(key.reveal(), code.replaceAll("\\s", ""), clock.instant(), 0)
                : OptionalLong.empty();
        if (step.isEmpty()) {
            throw FaultException.invalid("/code", Message.of("people.code.wrong"));
        }
        List<Secret> codes = new ArrayList<>();
        List<String> hashes = new ArrayList<>();
        for (int i = 0; i < RECOVERY_CODES; i++) {
            String recovery = Totp.encode(random.bytes(RECOVERY_BYTES)).toLowerCase(Locale.ROOT);
            hashes.add(RandomTokens.hash(recovery));
            codes.add(Secret.of(recovery.replaceAll("(.{4})(?=.)", "$1-")));
        }
        unitOfWork.write(Urgency.REQUEST, tx -> {
            if (!users.update(tx, user.withTotp(new User.SecondFactor(key, step.getAsLong(), hashes)))) {
                throw FaultException.conflict(Message.of("people.changed"));
            }
            audit.add(tx, user.actor(), "user.totp", user.id(), "");
            return user;
        });
        return codes;
    }

    /**
     * Turns it off.
     *
     * @throws FaultException INVALID at {@code /current} when that is not his password; TOO_MANY while he must wait
     */
    public void remove(User user, Secret current) {
        proof.check(user, current);
        unitOfWork.write(Urgency.REQUEST, tx -> {
            if (!users.update(tx, user.withTotp(User.SecondFactor.NONE))) {
                throw FaultException.conflict(Message.of("people.changed"));
            }
            audit.add(tx, user.actor(), "user.totp-remove", user.id(), "");
            return user;
        });
    }

    private static void refuseSecond(User user) {
        if (user.totp().required()) {
            throw FaultException.conflict(Message.of("people.totp.active"));
        }
    }
}
