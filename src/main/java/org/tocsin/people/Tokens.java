package org.tocsin.people;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.base.BranchId;
import org.tocsin.base.FaultException;
import org.tocsin.base.Ids;
import org.tocsin.base.Message;
import org.tocsin.base.Secret;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UnitOfWork.Urgency;

/** Makes, checks and revokes API tokens: 256 random bits with a prefix that secret scanners find; only the hash is stored. */
public final class Tokens {
    private static final String PREFIX = "tocsin_";
    private static final int BYTES = 32;
    private static final int MAX_LENGTH = 200;
    private static final Duration PRECISION = Duration.ofMinutes(1);
    private static final Logger log = LoggerFactory.getLogger(Tokens.class);

    private final UnitOfWork unitOfWork;
    private final TokenRepository tokens;
    private final UserRepository users;
    private final AuditTrail audit;
    private final Ids ids;
    private final Clock clock;
    private final SecureRandom random;

    public Tokens(
            UnitOfWork unitOfWork,
            TokenRepository tokens,
            UserRepository users,
            AuditTrail audit,
            Ids ids,
            Clock clock) {
        this.unitOfWork = unitOfWork;
        this.tokens = tokens;
        this.users = users;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
        this.random = new SecureRandom();
    }

    /** A new token: what is stored, and what is shown once. */
    public record Created(ApiToken token, Secret secret) {}

    /**
     * Makes a token within an open transaction.
     *
     * @param expiresAt when it ends by itself, null where it does not
     * @throws FaultException INVALID when that is no time to come
     */
    public Created create(Tx tx, Actor actor, String name, Set<Scope> scopes, @Nullable Instant expiresAt) {
        Instant now = clock.instant();
        if (expiresAt != null && !expiresAt.isAfter(now)) {
            throw FaultException.invalid("/expiresAt", Message.of("people.token.past", "at", expiresAt));
        }
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        String secret = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        ApiToken token = new ApiToken(
                ids.next(), actor.branch(), name, hash(secret), scopes, now, actor.id(), expiresAt, null, null);
        tokens.insert(tx, token);
        audit.add(
                tx,
                actor,
                "token.create",
                token.id(),
                "name=" + name + " scopes=" + scopes + (expiresAt == null ? "" : " until=" + expiresAt));
        return new Created(token, Secret.of(secret));
    }

    /**
     * @return who presents that token, with no more than who made it may do now; empty when it is not a good one, or who made it was shut out
     */
    public Optional<Actor> actor(String presented) {
        if (!presented.startsWith(PREFIX) || presented.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        String hash = hash(presented);
        return unitOfWork
                .read(tx -> tokens.byHash(tx, hash))
                // The look-up by hash leaks nothing of use; the comparison is constant in time all the same.
                .filter(token -> MessageDigest.isEqual(
                        token.hash().getBytes(StandardCharsets.US_ASCII), hash.getBytes(StandardCharsets.US_ASCII)))
                .filter(token -> !token.expired(clock.instant()))
                .flatMap(token -> {
                    Set<Scope> allowed = unitOfWork.read(tx -> allowed(tx, token));
                    return allowed.isEmpty()
                            ? Optional.empty()
                            : Optional.of(new Actor(used(token).id(), token.branch(), allowed));
                });
    }

    /** A token may be made with another; at the beginning stands a person, or the machine itself. */
    private Set<Scope> allowed(Tx tx, ApiToken token) {
        Set<Scope> allowed = new HashSet<>(token.scopes());
        Set<String> seen = new HashSet<>();
        String maker = token.createdBy();
        while (maker != null && seen.add(maker)) {
            String id = maker;
            Optional<User> person = users.byId(tx, id);
            if (person.isPresent()) {
                allowed.retainAll(
                        person.get().disabledAt() == null ? person.get().role().scopes() : Set.of());
                break;
            }
            maker = tokens.all(tx, token.branch()).stream()
                    .filter(other -> other.id().equals(id))
                    .findFirst()
                    .map(ApiToken::createdBy)
                    .orElse(null);
        }
        return allowed;
    }

    /** To the minute: a program that asks each second must not write each second. */
    private ApiToken used(ApiToken token) {
        Instant now = clock.instant();
        if (token.usedAt() == null || !token.usedAt().plus(PRECISION).isAfter(now)) {
            try {
                unitOfWork.write(Urgency.REQUEST, tx -> {
                    tokens.used(tx, token.id(), now);
                    return true;
                });
            } catch (FaultException e) {
                // On a full disk one still reads.
                log.atWarn().setCause(e).addKeyValue("token", token.id()).log("the use of a token was not noted");
            }
        }
        return token;
    }

    public List<ApiToken> all(BranchId branch) {
        return unitOfWork.read(tx -> tokens.all(tx, branch));
    }

    /** @return those that are good yet, by the person who made them or the token that they were made with; empty lists are left out */
    public Map<String, List<ApiToken>> byPerson(BranchId branch) {
        List<ApiToken> all = all(branch);
        Map<String, ApiToken> byId = all.stream().collect(Collectors.toMap(ApiToken::id, token -> token));
        Instant now = clock.instant();
        Map<String, List<ApiToken>> found = new HashMap<>();
        for (ApiToken token : all) {
            String maker = beginning(byId, token);
            if (maker != null && token.revokedAt() == null && !token.expired(now)) {
                found.computeIfAbsent(maker, person -> new ArrayList<>()).add(token);
            }
        }
        return found;
    }

    /** @return who is no token; null where that is not known */
    private static @Nullable String beginning(Map<String, ApiToken> byId, ApiToken token) {
        Set<String> seen = new HashSet<>();
        String maker = token.createdBy();
        while (maker != null && seen.add(maker)) {
            ApiToken with = byId.get(maker);
            if (with == null) {
                return maker;
            }
            maker = with.createdBy();
        }
        return null;
    }

    /** @throws FaultException NOT_FOUND; CONFLICT for the token that asks */
    public void revoke(Actor actor, String id) {
        if (actor.id().equals(id)) {
            throw FaultException.conflict(Message.of("people.token.self"));
        }
        unitOfWork.write(Urgency.REQUEST, tx -> {
            if (!tokens.revoke(tx, actor.branch(), id, clock.instant())) {
                throw FaultException.notFound("token", id);
            }
            audit.add(tx, actor, "token.revoke", id, "");
            return id;
        });
    }

    static String hash(String token) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
