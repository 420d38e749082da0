package org.tocsin.network;

import org.tocsin.post.TextSize;

/**
 * The rules of a network as they are known without asking anyone: its dated defaults. An adapter gives them so that a rehearsal can
 * apply them without an account.
 */
public interface OfflineRules {
    /** @return what the network takes, unless a server says otherwise */
    Limits limits();

    /** @return the size of a text by the network's own counting */
    TextSize measure(Draft draft);

    /** @return as {@link Network#shown} */
    default String shown(Draft draft) {
        return draft.text();
    }

    /** @return whether what is out can be given other words, as {@link Network#editing} says */
    default boolean edits() {
        return false;
    }

    /** @return as {@link Network#takesLinkCard} */
    default boolean takesLinkCard() {
        return false;
    }
}
