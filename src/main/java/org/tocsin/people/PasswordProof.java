package org.tocsin.people;

import java.time.Clock;
import java.util.Optional;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;
import org.tocsin.base.Secret;
import org.tocsin.base.UnitOfWork;

/** Asks for the present password before what a browser left open must not be enough for. Guesses wait there as they do at the door. */
final class PasswordProof {
    private final Passwords passwords;
    private final Attempts attempts;
    private final FailedSignIns failures;

    PasswordProof(UnitOfWork unitOfWork, AuditTrail audit, Passwords passwords, Clock clock) {
        this.passwords = passwords;
        this.attempts = new Attempts(clock);
        this.failures = new FailedSignIns(unitOfWork, audit, clock);
    }

    /** @throws FaultException INVALID at {@code /current} when that is not his password; TOO_MANY while he must wait */
    void check(User user, Secret current) {
        attempts.reserve(user.id(), user.id());
        if (!passwords.matches(current, user.password())) {
            failures.add("user.proof-failed", Optional.of(user), "");
            throw FaultException.invalid("/current", Message.of("people.password.wrong"));
        }
        attempts.giveBack(user.id(), user.id());
    }
}
