package org.tocsin.newsletter;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.UnitOfWork;
import org.tocsin.people.Actor;
import org.tocsin.people.Scope;
import org.tocsin.subscriber.Team;

/** Letters that came back, with whose they were. */
public final class Bounces {
    private final UnitOfWork unitOfWork;
    private final BounceRepository rows;
    private final Team team;

    /** @param team knows who subscribers are, and notes that it was asked */
    public Bounces(UnitOfWork unitOfWork, BounceRepository rows, Team team) {
        this.unitOfWork = unitOfWork;
        this.rows = rows;
        this.team = team;
    }

    /** @param who an address, or {@code telegram:} and a number; empty once the person was erased */
    public record Seen(Bounce bounce, String who) {}

    /**
     * @param newsletterId null for all
     * @param after        id where the page begins; empty for the newest
     * @return the newest first
     */
    public List<Seen> page(Actor actor, @Nullable String newsletterId, String after, int max) {
        actor.require(Scope.MANAGE);
        List<Bounce> page = unitOfWork.read(tx -> rows.page(tx, actor.branch(), newsletterId, after, max));
        Map<String, String> names = team.names(
                actor,
                page.stream().map(Bounce::subscriberId).filter(Objects::nonNull).collect(Collectors.toSet()));
        return page.stream().map(one -> new Seen(one, name(one, names))).toList();
    }

    private static String name(Bounce one, Map<String, String> names) {
        String whose = one.subscriberId();
        return whose == null ? "" : names.getOrDefault(whose, "");
    }
}
