package org.tocsin.people;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;
import org.tocsin.base.FaultException;
import org.tocsin.base.Ids;
import org.tocsin.base.Message;
import org.tocsin.base.Secret;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UnitOfWork.Urgency;

/** The people of the team: the first of them, invitations, roles, forgotten passwords, and who is shut out. */
public final class Users {
    private static final Duration SETUP = Duration.ofMinutes(30);
    private static final Duration INVITED = Duration.ofDays(7);
    private static final Duration RESET = Duration.ofHours(24);
    /** What a mail server is sure to refuse need not be taken: RFC 5321, 4.5.3.1. */
    private static final Pattern LOGIN = Pattern.compile("[^\\s@\\p{Cntrl}]{1,64}@[^\\s@\\p{Cntrl}]{1,189}");

    private static final int MAX_NAME = 100;

    private final UnitOfWork unitOfWork;
    private final UserRepository users;
    private final WebSessionRepository sessions;
    private final OneTimeLinkRepository links;
    private final AuditTrail audit;
    private final Passwords passwords;
    private final PasswordProof proof;
    private final RandomTokens random;
    private final Ids ids;
    private final Clock clock;

    public Users(
            UnitOfWork unitOfWork,
            UserRepository users,
            WebSessionRepository sessions,
            OneTimeLinkRepository links,
            AuditTrail audit,
            Passwords passwords,
            Ids ids,
            Clock clock) {
        this.unitOfWork = unitOfWork;
        this.users = users;
        this.sessions = sessions;
        this.links = links;
        this.audit = audit;
        this.passwords = passwords;
        this.proof = new PasswordProof(unitOfWork, audit, passwords, clock);
        this.random = new RandomTokens();
        this.ids = ids;
        this.clock = clock;
    }

    /** Somebody, and the token of the link with which he chooses his password; shown once. */
    public record Invited(User user, Secret token) {}

    /** @return whether nobody can sign in yet */
    public boolean empty(BranchId branch) {
        return unitOfWork.read(tx -> users.all(tx, branch)).stream().noneMatch(User::enabled);
    }

    /**
     * A fresh link for the first user; it works once, for thirty minutes, and earlier ones do not any more.
     *
     * @throws FaultException CONFLICT when there is an administrator already
     */
    public Secret setupLink(Actor actor) {
        if (!empty(actor.branch())) {
            throw FaultException.conflict(Message.of("people.setup.done"));
        }
        return unitOfWork.write(Urgency.REQUEST, tx -> {
            links.revoke(tx, OneTimeLink.Purpose.SETUP, null);
            audit.add(tx, actor, "setup.link", "setup", "");
            return link(tx, OneTimeLink.Purpose.SETUP, actor.branch(), null, SETUP);
        });
    }

    /** @return what a link opens; empty when it was used, has expired, or never was */
    public Optional<OneTimeLink> opens(OneTimeLink.Purpose purpose, String token) {
        return unitOfWork
                .read(tx -> links.byHash(tx, RandomTokens.hash(token)))
                .filter(link -> link.purpose() == purpose && clock.instant().isBefore(link.expiresAt()));
    }

    /** @return whose password a link is for */
    public Optional<User> invited(OneTimeLink link) {
        return Optional.ofNullable(link.userId()).flatMap(id -> unitOfWork.read(tx -> users.byId(tx, id)));
    }

    /**
     * Makes the first administrator.
     *
     * @throws FaultException FORBIDDEN when the link does not work; INVALID for a value; CONFLICT when somebody was faster
     */
    public User setUp(String token, String login, String name, Secret password, String language) {
        OneTimeLink link = opens(OneTimeLink.Purpose.SETUP, token).orElseThrow(Users::deadLink);
        User user = user(link.branch(), login, name, Role.ADMINISTRATOR, language)
                .withPassword(passwords.hash(password, List.of(name, login)));
        return unitOfWork.write(Urgency.REQUEST, tx -> {
            if (!links.use(tx, link.hash())) {
                throw deadLink();
            }
            if (users.all(tx, link.branch()).stream().anyMatch(User::enabled)) {
                throw FaultException.conflict(Message.of("people.setup.done"));
            }
            insert(tx, user);
            audit.add(tx, user.actor(), "user.create", user.id(), "role=" + user.role());
            return user;
        });
    }

    /** Invites somebody: his link works once, for seven days. */
    public Invited invite(Actor actor, String login, String name, Role role, String language) {
        actor.require(Scope.ADMIN);
        User user = user(actor.branch(), login, name, role, language);
        return unitOfWork.write(Urgency.REQUEST, tx -> {
            insert(tx, user);
            audit.add(tx, actor, "user.invite", user.id(), "role=" + role);
            return new Invited(user, link(tx, OneTimeLink.Purpose.PASSWORD, user.branch(), user.id(), INVITED));
        });
    }

    /** A link with which somebody chooses a new password; it works once, for a day, and his earlier ones do not any more. */
    public Invited resetLink(Actor actor, String id) {
        actor.require(Scope.ADMIN);
        return unitOfWork.write(Urgency.REQUEST, tx -> {
            User user = find(tx, actor, id);
            links.revoke(tx, OneTimeLink.Purpose.PASSWORD, id);
            audit.add(tx, actor, "user.reset-link", id, "");
            return new Invited(user, link(tx, OneTimeLink.Purpose.PASSWORD, user.branch(), id, RESET));
        });
    }

    /**
     * Chooses a password by a link; every session of the person ends. A second factor stays: who has lost it as well is helped by
     * {@link #removeSecondFactor}.
     */
    public User choosePassword(String token, Secret password) {
        OneTimeLink link = opens(OneTimeLink.Purpose.PASSWORD, token).orElseThrow(Users::deadLink);
        String id = Objects.requireNonNull(link.userId());
        User known = unitOfWork.read(tx -> users.byId(tx, id)).orElseThrow(Users::deadLink);
        String hash = passwords.hash(password, List.of(known.name(), known.login()));
        return unitOfWork.write(Urgency.REQUEST, tx -> {
            if (!links.use(tx, link.hash())) {
                throw deadLink();
            }
            User user = users.byId(tx, id).orElseThrow(Users::deadLink);
            save(tx, user.withPassword(hash));
            links.revoke(tx, OneTimeLink.Purpose.PASSWORD, id);
            sessions.deleteOfUser(tx, id, "");
            audit.add(tx, user.actor(), "user.password", id, "by link");
            return user;
        });
    }

    /** @throws FaultException INVALID at {@code /current} when that is not his password; TOO_MANY while he must wait after wrong ones */
    public void changePassword(SignIn.Signed signed, Secret current, Secret password) {
        User user = signed.user();
        proof.check(user, current);
        String hash = passwords.hash(password, List.of(user.name(), user.login()));
        unitOfWork.write(Urgency.REQUEST, tx -> {
            save(tx, user.withPassword(hash));
            // A link that somebody else may have must not set another one.
            links.revoke(tx, OneTimeLink.Purpose.PASSWORD, user.id());
            audit.add(tx, user.actor(), "user.password", user.id(), "");
            return sessions.deleteOfUser(tx, user.id(), signed.session().hash());
        });
    }

    /** The name and the language of who is signed in. */
    public void rename(SignIn.Signed signed, String name, String language) {
        User user = signed.user();
        User after = user.called(name(name), language(language));
        unitOfWork.write(Urgency.REQUEST, tx -> {
            save(tx, after);
            audit.add(tx, user.actor(), "user.rename", user.id(), "");
            return after;
        });
    }

    /** Forgets links that have expired. */
    public void sweep() {
        unitOfWork.write(Urgency.BULK, tx -> links.sweep(tx, clock.instant()));
    }

    /** Another role; the person's sessions end. The last administrator stays one. */
    public void role(Actor actor, String id, Role role) {
        change(actor, id, "user.role", "role=" + role, user -> user.withRole(role));
    }

    /** Shuts somebody out at once, or lets him in again. */
    public void disable(Actor actor, String id, boolean disabled) {
        change(
                actor,
                id,
                disabled ? "user.disable" : "user.enable",
                "",
                user -> user.withDisabled(disabled ? clock.instant() : null));
    }

    /** For who has lost his phone and his recovery codes. */
    public void removeSecondFactor(Actor actor, String id) {
        change(actor, id, "user.totp-remove", "", user -> user.withTotp(User.SecondFactor.NONE));
    }

    private void change(
            Actor actor, String id, String action, String detail, java.util.function.UnaryOperator<User> change) {
        actor.require(Scope.ADMIN);
        unitOfWork.write(Urgency.REQUEST, tx -> {
            User before = find(tx, actor, id);
            User after = change.apply(before);
            boolean administers = after.role() == Role.ADMINISTRATOR && after.enabled();
            if (!administers && lastAdministrator(tx, before)) {
                throw FaultException.conflict(Message.of("people.last-administrator"));
            }
            save(tx, after);
            if (!after.enabled()) {
                links.revoke(tx, OneTimeLink.Purpose.PASSWORD, id);
            }
            audit.add(tx, actor, action, id, detail);
            return sessions.deleteOfUser(tx, id, "");
        });
    }

    private boolean lastAdministrator(Tx tx, User user) {
        return user.role() == Role.ADMINISTRATOR
                && user.enabled()
                && users.all(tx, user.branch()).stream()
                        .noneMatch(other ->
                                !other.id().equals(user.id()) && other.role() == Role.ADMINISTRATOR && other.enabled());
    }

    /** @return everyone of the branch, by name */
    public List<User> all(Actor actor) {
        actor.require(Scope.ADMIN);
        return unitOfWork.read(tx -> users.all(tx, actor.branch()));
    }

    /** @return somebody by his login; for the command line */
    public Optional<User> byLogin(Actor actor, String login) {
        actor.require(Scope.ADMIN);
        return unitOfWork
                .read(tx -> users.byLogin(tx, login.strip().toLowerCase(Locale.ROOT)))
                .filter(user -> user.branch().equals(actor.branch()));
    }

    private User user(BranchId branch, String login, String name, Role role, String language) {
        String address = login.strip().toLowerCase(Locale.ROOT);
        if (!LOGIN.matcher(address).matches()) {
            throw FaultException.invalid("/login", Message.of("people.login.form", "value", login));
        }
        return new User(
                ids.next(),
                branch,
                address,
                name(name),
                role,
                null,
                User.SecondFactor.NONE,
                language(language),
                clock.instant(),
                null,
                1);
    }

    private static String name(String name) {
        String called = name.strip().replaceAll("\\p{Cntrl}", "");
        if (called.isEmpty() || called.length() > MAX_NAME) {
            throw FaultException.invalid("/name", Message.of("people.name.form", "limit", MAX_NAME));
        }
        return called;
    }

    private static String language(String language) {
        return language.equals("en") ? "en" : "fr";
    }

    private void insert(Tx tx, User user) {
        if (!users.insert(tx, user)) {
            throw FaultException.invalid("/login", Message.of("people.login.taken", "value", user.login()));
        }
    }

    private void save(Tx tx, User user) {
        if (!users.update(tx, user)) {
            throw FaultException.conflict(Message.of("people.changed"));
        }
    }

    private User find(Tx tx, Actor actor, String id) {
        return users.byId(tx, id)
                .filter(user -> user.branch().equals(actor.branch()))
                .orElseThrow(() -> FaultException.notFound("user", id));
    }

    private Secret link(Tx tx, OneTimeLink.Purpose purpose, BranchId branch, @Nullable String userId, Duration lasts) {
        String token = random.next();
        links.insert(
                tx,
                new OneTimeLink(
                        RandomTokens.hash(token),
                        purpose,
                        branch,
                        userId,
                        clock.instant(),
                        clock.instant().plus(lasts)));
        return Secret.of(token);
    }

    private static FaultException deadLink() {
        return new FaultException(
                FaultException.Kind.FORBIDDEN, org.tocsin.base.Fault.at("", Message.of("people.link.dead")));
    }
}
