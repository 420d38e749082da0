package org.tocsin.subscriber.dialogue;

import java.util.ArrayList;
import java.util.List;

/** What follows from something that was heard. Deeds come before what is said. */
public record Turn(Talk talk, List<Deed> deeds, List<Reply> replies) {
    public Turn {
        deeds = List.copyOf(deeds);
        replies = List.copyOf(replies);
    }

    static Turn say(Talk talk, Reply... replies) {
        return new Turn(talk, List.of(), List.of(replies));
    }

    /** @return the same, after something else was done */
    Turn after(Deed first) {
        List<Deed> all = new ArrayList<>(List.of(first));
        all.addAll(deeds);
        return new Turn(talk, all, replies);
    }

    static Turn act(Talk talk, Deed deed, Reply... replies) {
        return new Turn(talk, List.of(deed), List.of(replies));
    }
}
