package org.tocsin.people;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;

/** The rows of API tokens. */
public interface TokenRepository {
    void insert(Tx tx, ApiToken token);

    /** @return the token of that hash, unless it is revoked */
    Optional<ApiToken> byHash(Tx tx, String hash);

    /** Notes that it was used. */
    void used(Tx tx, String id, Instant at);

    List<ApiToken> all(Tx tx, BranchId branch);

    /** @return those of all branches that end by themselves before that time or have done so, revoked ones too */
    List<ApiToken> ending(Tx tx, Instant before);

    /** @return false when there is no such token, or it was revoked before */
    boolean revoke(Tx tx, BranchId branch, String id, Instant at);
}
