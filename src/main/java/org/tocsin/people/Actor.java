package org.tocsin.people;

import java.util.EnumSet;
import java.util.Set;
import org.tocsin.base.BranchId;
import org.tocsin.base.Fault;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;
import org.tocsin.base.UserId;

/**
 * Who asks for something, and what he may do.
 *
 * @param id     of the token, or of the daemon
 * @param branch whose things he may touch
 * @param scopes what he may do
 */
public record Actor(String id, BranchId branch, Set<Scope> scopes) {
    public Actor {
        scopes = Set.copyOf(scopes);
    }

    /** The daemon itself, for what happens by time alone and at the first start. */
    public static Actor daemon(BranchId branch) {
        return new Actor(UserId.DAEMON.value(), branch, EnumSet.allOf(Scope.class));
    }

    /** @throws FaultException FORBIDDEN when he may not */
    public void require(Scope scope) {
        if (!scopes.contains(scope)) {
            throw new FaultException(
                    FaultException.Kind.FORBIDDEN, Fault.at("", Message.of("people.scope.missing", "scope", scope)));
        }
    }

    /** @return who he is in rows */
    public UserId user() {
        return new UserId(id);
    }
}
