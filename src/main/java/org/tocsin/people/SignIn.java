package org.tocsin.people;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Fault;
import org.tocsin.base.FaultException;
import org.tocsin.base.FaultException.Kind;
import org.tocsin.base.Message;
import org.tocsin.base.Secret;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UnitOfWork.Urgency;

/**
 * Signing in: a password, a code where the person has a second factor, and a session that is kept in the database and ends after eight
 * idle hours, after seven days, and at once when the password, the role or the right to sign in changes.
 */
public final class SignIn {
    /** OWASP ASVS 5.0, 7.3. */
    static final Duration IDLE = Duration.ofHours(8);

    static final Duration LONGEST = Duration.ofDays(7);
    private static final Duration HALF = Duration.ofMinutes(5);
    private static final Duration PRECISION = Duration.ofMinutes(1);
    private static final int ABOUT = 120;

    private final UnitOfWork unitOfWork;
    private final UserRepository users;
    private final WebSessionRepository sessions;
    private final AuditTrail audit;
    private final Passwords passwords;
    private final Attempts attempts;
    private final FailedSignIns failures;
    private final RandomTokens random;
    private final Clock clock;

    public SignIn(
            UnitOfWork unitOfWork,
            UserRepository users,
            WebSessionRepository sessions,
            AuditTrail audit,
            Passwords passwords,
            Clock clock) {
        this.unitOfWork = unitOfWork;
        this.users = users;
        this.sessions = sessions;
        this.audit = audit;
        this.passwords = passwords;
        this.attempts = new Attempts(clock);
        this.failures = new FailedSignIns(unitOfWork, audit, clock);
        this.random = new RandomTokens();
        this.clock = clock;
    }

    /**
     * A session that begins.
     *
     * @param id       for the cookie; shown once
     * @param complete false where the code of the second factor is still to come
     */
    public record Begun(Secret id, boolean complete) {}

    /** Who is signed in, and in which session. */
    public record Signed(User user, WebSession session) {}

    /**
     * @param about   the browser, as it calls itself
     * @param address from where it is tried
     * @throws FaultException UNAUTHENTICATED, the same whether the login or the password is wrong; TOO_MANY
     */
    public Begun begin(String login, Secret password, String about, String address) {
        String name = login.strip().toLowerCase(Locale.ROOT);
        attempts.reserve(name, address);
        Optional<User> user = unitOfWork.read(tx -> users.byLogin(tx, name));
        boolean right = passwords.matches(
                password, user.filter(User::enabled).map(User::password).orElse(null));
        if (!right || user.isEmpty()) {
            failures.add("user.sign-in-failed", user, address);
            throw wrong("people.sign-in.wrong");
        }
        boolean complete = !user.get().totp().required();
        if (complete) {
            attempts.giveBack(name, address);
        } else {
            // The code is still to come: what failed before stays counted.
            attempts.undo(name, address);
        }
        return new Begun(begun(user.get(), complete, about, null), complete);
    }

    /**
     * The code of an authenticator app, or a recovery code, completes a session; its id changes. Five wrong codes end it: the password
     * is asked for again.
     *
     * @throws FaultException UNAUTHENTICATED; TOO_MANY
     */
    public Begun complete(String id, String code, String about, String address) {
        WebSession half = unitOfWork
                .read(tx -> sessions.byHash(tx, RandomTokens.hash(id)))
                .filter(session ->
                        !session.complete() && session.createdAt().plus(HALF).isAfter(clock.instant()))
                .orElseThrow(() -> wrong("people.sign-in.again"));
        String subject = half.userId();
        attempts.reserve(subject, address);
        int guess = attempts.guess(half.hash());
        if (guess > Attempts.GUESSES) {
            throw wrong("people.code.over");
        }
        String typed = code.replaceAll("[\\s-]", "").toLowerCase(Locale.ROOT);
        Optional<User> user = unitOfWork.write(
                Urgency.REQUEST,
                tx -> users.byId(tx, half.userId()).filter(User::enabled).flatMap(found -> spend(tx, found, typed)));
        if (user.isEmpty()) {
            failures.add("user.code-failed", unitOfWork.read(tx -> users.byId(tx, half.userId())), address);
            if (guess == Attempts.GUESSES) {
                unitOfWork.write(Urgency.REQUEST, tx -> sessions.delete(tx, half.hash()));
                throw wrong("people.code.over");
            }
            throw wrong("people.code.wrong");
        }
        attempts.giveBack(subject, address);
        return new Begun(begun(user.get(), true, about, half.hash()), true);
    }

    private Optional<User> spend(Tx tx, User user, String code) {
        User.SecondFactor factor = user.totp();
        if (factor.key() == null) {
            return Optional.empty();
        }
        OptionalLong step = Totp.step(factor.key().reveal(), code, clock.instant(), factor.lastStep());
        if (step.isPresent()) {
            return changed(tx, user, new User.SecondFactor(factor.key(), step.getAsLong(), factor.recovery()));
        }
        String hash = RandomTokens.hash(code);
        if (!factor.recovery().contains(hash)) {
            return Optional.empty();
        }
        List<String> left =
                factor.recovery().stream().filter(one -> !one.equals(hash)).toList();
        audit.add(tx, user.actor(), "user.recovery-code", user.id(), "left=" + left.size());
        return changed(tx, user, new User.SecondFactor(factor.key(), factor.lastStep(), left));
    }

    private Optional<User> changed(Tx tx, User user, User.SecondFactor factor) {
        User after = user.withTotp(factor);
        return users.update(tx, after) ? Optional.of(after) : Optional.empty();
    }

    private Secret begun(User user, boolean complete, String about, @Nullable String before) {
        String id = random.next();
        Instant now = clock.instant();
        String shown = about.replaceAll("\\p{Cntrl}", "");
        WebSession session = new WebSession(
                RandomTokens.hash(id),
                user.id(),
                complete,
                now,
                now,
                shown.length() > ABOUT ? shown.substring(0, ABOUT) : shown);
        unitOfWork.write(Urgency.REQUEST, tx -> {
            if (before != null) {
                sessions.delete(tx, before);
            }
            sessions.insert(tx, session);
            if (complete) {
                audit.add(tx, user.actor(), "user.sign-in", user.id(), "");
            }
            return id;
        });
        return Secret.of(id);
    }

    /** @return who is signed in in that session; empty when it has ended, is not complete, or its user may not sign in any more */
    public Optional<Signed> find(String id) {
        Instant now = clock.instant();
        Optional<Signed> signed = look(id);
        signed.filter(one -> one.session().seenAt().plus(PRECISION).isBefore(now))
                .ifPresent(one -> unitOfWork.write(Urgency.REQUEST, tx -> {
                    sessions.seen(tx, one.session().hash(), now);
                    return true;
                }));
        return signed;
    }

    /**
     * Looks whether somebody is still signed in, which is no sign of life: a page that asks by itself does not keep its session.
     *
     * @return as {@link #find}
     */
    public Optional<Signed> look(String id) {
        if (id.length() > 100) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        return unitOfWork.read(tx -> sessions.byHash(tx, RandomTokens.hash(id))
                .filter(WebSession::complete)
                .filter(session -> session.createdAt().plus(LONGEST).isAfter(now)
                        && session.seenAt().plus(IDLE).isAfter(now))
                .flatMap(session ->
                        users.byId(tx, session.userId()).filter(User::enabled).map(user -> new Signed(user, session))));
    }

    /** Signs out. */
    public void end(Signed signed) {
        unitOfWork.write(Urgency.REQUEST, tx -> {
            audit.add(tx, signed.user().actor(), "user.sign-out", signed.user().id(), "");
            return sessions.delete(tx, signed.session().hash());
        });
    }

    /** @return the sessions of who is signed in, the latest first */
    public List<WebSession> mine(Signed signed) {
        return unitOfWork.read(tx -> sessions.ofUser(tx, signed.user().id()));
    }

    /**
     * Ends one session of who is signed in.
     *
     * @param hash of that session; one of somebody else is none
     */
    public void endOne(Signed signed, String hash) {
        unitOfWork.write(Urgency.REQUEST, tx -> {
            boolean mine = sessions.ofUser(tx, signed.user().id()).stream()
                    .anyMatch(session -> session.hash().equals(hash));
            if (mine) {
                sessions.delete(tx, hash);
                audit.add(
                        tx,
                        signed.user().actor(),
                        "user.session-end",
                        signed.user().id(),
                        "");
            }
            return mine;
        });
    }

    /** Ends every other session of who is signed in. */
    public void endOthers(Signed signed) {
        unitOfWork.write(Urgency.REQUEST, tx -> {
            int ended = sessions.deleteOfUser(
                    tx, signed.user().id(), signed.session().hash());
            audit.add(
                    tx,
                    signed.user().actor(),
                    "user.sessions-end",
                    signed.user().id(),
                    "ended=" + ended);
            return ended;
        });
    }

    /** Forgets sessions that have ended by themselves. */
    public void sweep() {
        Instant now = clock.instant();
        unitOfWork.write(Urgency.BULK, tx -> sessions.sweep(tx, now.minus(LONGEST), now.minus(IDLE)));
    }

    private static FaultException wrong(String code) {
        return new FaultException(Kind.UNAUTHENTICATED, Fault.at("", Message.of(code)));
    }
}
