package org.tocsin.people;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;
import org.tocsin.base.Secret;

/**
 * A person of the team.
 *
 * @param id         stable; also the actor in the audit trail
 * @param branch     whose things he may touch
 * @param login      the mail address with which he signs in, lower case; nobody else has it
 * @param name       for people
 * @param role       what he may do
 * @param password   argon2id in PHC form, null until he has chosen one
 * @param totp       the second factor
 * @param language   {@code fr} or {@code en}
 * @param createdAt  when he was invited
 * @param disabledAt when he was shut out, null while he may sign in
 * @param version    counts changes
 */
public record User(
        String id,
        BranchId branch,
        String login,
        String name,
        Role role,
        @Nullable String password,
        SecondFactor totp,
        String language,
        Instant createdAt,
        @Nullable Instant disabledAt,
        long version) {
    /**
     * Time-based one-time passwords.
     *
     * @param key      of 20 bytes, null where there is no second factor
     * @param lastStep the step of the last code that was taken, so that none is taken twice; 0 before the first
     * @param recovery hashes of the recovery codes that are left
     */
    public record SecondFactor(@Nullable Secret key, long lastStep, List<String> recovery) {
        /** A password alone. */
        public static final SecondFactor NONE = new SecondFactor(null, 0, List.of());

        public SecondFactor {
            recovery = List.copyOf(recovery);
        }

        /** @return whether a code is asked for */
        public boolean required() {
            return key != null;
        }
    }

    /** @return who he is to the use cases */
    public Actor actor() {
        return new Actor(id, branch, role.scopes());
    }

    /** @return whether he may sign in */
    public boolean enabled() {
        return disabledAt == null && password != null;
    }

    User withPassword(String hash) {
        return new User(id, branch, login, name, role, hash, totp, language, createdAt, disabledAt, version);
    }

    User withTotp(SecondFactor factor) {
        return new User(id, branch, login, name, role, password, factor, language, createdAt, disabledAt, version);
    }

    User withRole(Role other) {
        return new User(id, branch, login, name, other, password, totp, language, createdAt, disabledAt, version);
    }

    User withDisabled(@Nullable Instant at) {
        return new User(id, branch, login, name, role, password, totp, language, createdAt, at, version);
    }

    /** Names and languages are for the person himself to change. */
    public User called(String newName, String newLanguage) {
        return new User(id, branch, login, newName, role, password, totp, newLanguage, createdAt, disabledAt, version);
    }
}
