package org.tocsin.people;

import java.util.EnumSet;
import java.util.Set;

/** What a person of the team may do. Each role may do all that the ones below it may. */
public enum Role {
    /** Everything: channels, people, tokens, settings. */
    ADMINISTRATOR,
    /** Writes, approves, decides, freezes. */
    MANAGER,
    /** Writes; what a channel wants approved waits for a manager. */
    AUTHOR,
    /** Looks. */
    WATCHER;

    /** @return what it may do */
    public Set<Scope> scopes() {
        return switch (this) {
            case ADMINISTRATOR -> EnumSet.allOf(Scope.class);
            case MANAGER -> EnumSet.of(Scope.READ, Scope.POST, Scope.APPROVE, Scope.MANAGE);
            case AUTHOR -> EnumSet.of(Scope.READ, Scope.POST);
            case WATCHER -> EnumSet.of(Scope.READ);
        };
    }
}
